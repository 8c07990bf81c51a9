// Where every rep stands under some weights: scores, ranks and shares, pure, from points that do not depend on weights.
import { effectiveShares, placesOfHonour, quartersOf, ranksOf, scoresOf, sharesOf } from "./scores.js";

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
    effective: rules.combine === "mean" ? effectiveShares(points, weights, scores, rules) : undefined,
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

/** How many of the best sellers are in the top, and the words after that number; null where there is none to find. */
export function overlapIn(data, standing) {
  const { ranks, scores, goalRanks } = standing;
  const goals = data.reps.map((rep) => rep.goal);
  const winners = placesOfHonour(ranks, scores, data.top);
  const best = placesOfHonour(goalRanks, goals, data.top, data.goal.direction);
  const count = (flags) => flags.filter(Boolean).length;
  if (count(best) === 0 || ranks.every((rank) => rank === null)) return null;
  const top = Math.max(data.top, count(winners));
  const place = top === 1 ? "first place" : `the top ${top}`;
  return {
    figure: `${count(best.map((is, i) => is && winners[i]))} of ${count(best)}`,
    words: ` best seller${count(best) === 1 ? "" : "s"} in ${place}`,
  };
}
