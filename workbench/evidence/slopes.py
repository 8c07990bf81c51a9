"""Fit random intercepts and slopes by REML: how much the slope of a KPI differs between reps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats


@dataclass(frozen=True, eq=False)
class Slopes:
    """y_it = (a + u_i) + (b + v_i)·x_it + e_it.

    Attributes
    ----------
    slope : b. intercept : a. slope_sd, intercept_sd, correlation : of (u_i, v_i). residual_sd : of e.
    by_rep, error : (reps,) b + v_i, drawn towards b as far as the rep's own data are thin, and its standard error.
    p_differ : chance of slopes so different, had all reps the same one (likelihood ratio, half on the boundary).
    """

    intercept: float
    slope: float
    intercept_sd: float
    slope_sd: float
    correlation: float
    residual_sd: float
    by_rep: np.ndarray
    error: np.ndarray
    p_differ: float


def random_slopes(x: np.ndarray, y: np.ndarray, present: np.ndarray) -> Slopes:
    """Fit by REML from each rep's sums of squares and products, all reps at once.

    Parameters
    ----------
    x, y : (reps, periods). present : cells to use; reps without any are left out of ``by_rep``'s fit and get b.

    Notes
    -----
    The random part is L·Lᵀ·σ² with L lower triangular, σ² profiled out (Bates et al. 2015, Journal of Statistical
    Software 67(1), section 3.4). x is scaled inside, so units do not matter.
    """
    scale = float(np.std(x[present])) or 1.0
    sums = _sums(x / scale, y, present)
    full = optimize.minimize(_deviance, [1.0, 0.0, 0.5], args=(sums,), method="Nelder-Mead",
                             options={"xatol": 1e-4, "fatol": 1e-5, "maxiter": 1000})  # fmt: skip
    alike = optimize.minimize_scalar(
        lambda t: _deviance(np.array([t, 0.0, 0.0]), sums), bounds=(0, 50), method="bounded"
    )
    ratio = max(float(alike.fun - full.fun), 0.0)
    p = 0.5 * stats.chi2.sf(ratio, 1) + 0.5 * stats.chi2.sf(ratio, 2)
    return _as_slopes(full.x, sums, scale, float(p))


@dataclass(frozen=True, eq=False)
class _Sums:
    """Per rep: Z'Z (reps, 2, 2), Z'y (reps, 2), y'y (reps,) with Z = [1, x]; n rows in all."""

    zz: np.ndarray
    zy: np.ndarray
    yy: np.ndarray
    n: int


def _sums(x: np.ndarray, y: np.ndarray, present: np.ndarray) -> _Sums:
    m, a, b = present.astype(float), np.where(present, x, 0.0), np.where(present, y, 0.0)
    n, sx, sxx = m.sum(axis=1), a.sum(axis=1), (a * a).sum(axis=1)
    zz = np.stack([np.stack([n, sx], axis=1), np.stack([sx, sxx], axis=1)], axis=1)
    return _Sums(zz, np.stack([b.sum(axis=1), (a * b).sum(axis=1)], axis=1), (b * b).sum(axis=1), int(n.sum()))


def _factor(theta: np.ndarray) -> np.ndarray:
    return np.array([[theta[0], 0.0], [theta[1], theta[2]]])


def _solve(theta: np.ndarray, sums: _Sums) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Return fixed effects, (LᵀZ'ZL + I) per rep, penalised residual sum of squares, log determinants."""
    factor = _factor(theta)
    inner = factor.T @ sums.zz @ factor + np.eye(2)
    cross, towards = factor.T @ sums.zz, sums.zy @ factor
    solved_x, solved_y = np.linalg.solve(inner, cross), np.linalg.solve(inner, towards[..., None])[..., 0]
    xx = (sums.zz - np.swapaxes(cross, 1, 2) @ solved_x).sum(axis=0)
    xy = sums.zy.sum(axis=0) - np.einsum("rij,ri->j", cross, solved_y)
    yy = sums.yy.sum() - np.einsum("ri,ri->", towards, solved_y)
    fixed = np.linalg.solve(xx, xy)
    logdet = np.linalg.slogdet(inner)[1].sum() + np.linalg.slogdet(xx)[1]
    return fixed, inner, max(float(yy - xy @ fixed), 1e-300), float(logdet)


def _deviance(theta: np.ndarray, sums: _Sums) -> float:
    _, _, left, logdet = _solve(np.asarray(theta), sums)
    free = sums.n - 2
    return logdet + free * (1 + np.log(2 * np.pi * left / free))


def _as_slopes(theta: np.ndarray, sums: _Sums, scale: float, p: float) -> Slopes:
    fixed, inner, left, _ = _solve(theta, sums)
    sigma, factor = np.sqrt(left / (sums.n - 2)), _factor(theta)
    residual = sums.zy - np.einsum("rij,j->ri", sums.zz, fixed)
    own = np.linalg.solve(inner, (residual @ factor)[..., None])[..., 0] @ factor.T
    spread = sigma**2 * (factor @ np.linalg.inv(inner) @ factor.T)
    covariance = sigma**2 * factor @ factor.T
    sds = np.sqrt(np.diag(covariance))
    together = covariance[0, 1] / (sds[0] * sds[1]) if sds.all() else np.nan
    return Slopes(
        float(fixed[0]), float(fixed[1] / scale), float(sds[0]), float(sds[1] / scale), float(together), float(sigma),
        (fixed[1] + own[:, 1]) / scale, np.sqrt(spread[:, 1, 1]) / scale, p,
    )  # fmt: skip
