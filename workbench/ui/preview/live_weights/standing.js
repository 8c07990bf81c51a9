// Where every rep stands under some weights: scores, ranks and shares, pure, from points that do not depend on weights.
import { effectiveShares, overlapOf, quartersOf, ranksOf, scoresOf, sharesOf } from "./scores.js";

/** What no weight changes: the reps' points, their ranks by the goal, and the quarter of the goal each is in. */
export function historyOf(data) {
  const goalRanks = ranksOf(
    data.reps.map((rep) => rep.goal),
    data.goal.direction,
  );
  return { points: data.reps.map((rep) => rep.points), goalRanks, quarters: quartersOf(goalRanks) };
}

/** Shares, scores and ranks under the weights, beside the ranks under those pinned. */
export function standingOf(data, history, weights, pinned) {
  const { points, goalRanks, quarters } = history;
  const { rules } = data;
  const scores = scoresOf(points, weights, rules);
  return {
    weights,
    shares: sharesOf(weights),
    effective: rules.combine === "mean" ? effectiveShares(points, weights, scores) : undefined,
    scores,
    ranks: ranksOf(scores),
    pinnedRanks: ranksOf(scoresOf(points, pinned, rules)),
    goalRanks,
    quarters,
  };
}

/** One rep in words: first what the row shows, in its order, then the goal and the rank in it. */
export function describe(data, standing, i) {
  const { ranks, scores, goalRanks } = standing;
  const rep = data.reps[i];
  const shown = `${ranks[i] ?? "–"} ${rep.name} ${scores[i] === null ? "–" : scores[i].toFixed(1)}`;
  const goal = goalRanks[i] === null ? "" : `, ${data.goal.label} ${rep.goalText}, rank ${goalRanks[i]}`;
  return `${shown}${scores[i] === null ? ", no score" : ""}${goal}`;
}

/** How many of the best sellers are in the top, and the words after that number; null where nobody is ranked. */
export function overlapIn(data, standing) {
  const { top } = data;
  if (top <= 0 || standing.ranks.every((rank) => rank === null)) return null;
  const found = overlapOf(standing.ranks, standing.goalRanks, top);
  const words = top === 1 ? " best seller in first place" : ` best sellers in the top ${top}`;
  return { figure: `${found} of ${top}`, words };
}
