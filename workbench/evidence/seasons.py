"""Compute each rep's value per season and its sampling variance, by leaving out one period at a time."""

from __future__ import annotations

import numpy as np

from workbench.evidence.record import Seasons


def season_codes(periods: np.ndarray, years: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return (T,) the season of each period (its quarter, or its year), and the seasons' first days."""
    span = 12 if years else 3
    months = periods.astype("datetime64[M]").astype(int)
    names, codes = np.unique(months // span, return_inverse=True)
    return codes, (names * span).astype("datetime64[M]").astype("datetime64[ns]")


def season_means(values: np.ndarray, periods: np.ndarray, years: bool = False) -> Seasons:
    """Return seasons of KPIs (kpis, reps, periods) whose value over several periods is their mean."""
    codes, names = season_codes(periods, years)
    member = season_membership(codes)
    present = np.isfinite(values)
    clean, n = np.where(present, values, 0.0), present @ member
    mean = np.divide(clean @ member, n, out=np.full(n.shape, np.nan), where=n >= 2)
    pull = np.where(present, values - mean[:, :, codes], np.nan)
    return Seasons(mean, sampling_variance(pull, codes), names)


def sampling_variance(pull: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Return the sampling variance (kpis, reps, seasons) of season values from each period's influence on them.

    Parameters
    ----------
    pull : (kpis, reps, periods), (m − 1) · (season value − season value without the period); NaN where absent. For a
        mean it is the period's distance from the mean.
    codes : (periods,) the season of each period.

    Notes
    -----
    Σ pull² ÷ (m(m − 1)), what resampling the season's periods with the factor m ÷ (m − 1) comes to. Whatever pulls
    all reps alike in a period (calendar, trend) is no luck of theirs: its mean over reps is taken out first.
    """
    member, present = season_membership(codes), np.isfinite(pull)
    clean, reps = np.where(present, pull, 0.0), present.sum(axis=1, keepdims=True)
    alone = clean - clean.sum(axis=1, keepdims=True) / np.maximum(reps, 1)
    squares = np.where(present, alone**2, 0.0) * reps / np.maximum(reps - 1, 1)
    m = present @ member
    return np.where(m >= 2, (squares @ member) / np.maximum(m * (m - 1), 1), np.nan)


def season_membership(codes: np.ndarray) -> np.ndarray:
    """Return (periods, seasons) 1 where the period lies in the season."""
    return (codes[:, None] == np.arange(codes.max(initial=-1) + 1)).astype(float)
