// Scores and ranks from points and weights: the arithmetic of workbench/scoring/scorecard.py and ranks.py, in its order.

const SAME = 1e-9; // as in workbench/scoring/ranks.py
const LEAST_GEOMETRIC = 1;

/** Weight ÷ total; all 0 while the total is 0. */
export function sharesOf(weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 0));
}

/** One score per rep, null where nothing can be said. `points` is reps × KPIs with null for a missing value. */
export function scoresOf(points, weights, rules) {
  return points.map((row) => score(row, weights, rules));
}

function score(row, weights, { combine, missing }) {
  let total = 0;
  let present = 0;
  let smallest = Infinity;
  for (let k = 0; k < weights.length; k += 1) {
    if (weights[k] === 0) continue;
    if (row[k] === null && missing === "exclude") return null;
    if (row[k] === null && missing === "reweight") continue;
    const value = row[k] ?? 0;
    total += weights[k] * (combine === "geometric" ? Math.log(Math.max(value, LEAST_GEOMETRIC)) : value);
    present += weights[k];
    smallest = Math.min(smallest, value);
  }
  if (present === 0) return null;
  if (combine === "minimum") return smallest;
  return combine === "geometric" ? Math.exp(total / present) : total / present;
}

/** What each KPI brings to one rep's score: shares of the KPIs present, and contributions that add up to the score. */
export function contributionsOf(row, weights, rules) {
  const there = weights.map((weight, k) => weight > 0 && (row[k] !== null || rules.missing === "zero"));
  const shares = sharesOf(weights.map((weight, k) => (there[k] ? weight : 0)));
  const whole = score(row, weights, rules);
  if (whole === null) return { shares, parts: shares.map(() => 0) };
  const values = row.map((value) => value ?? 0);
  if (rules.combine === "mean") return { shares, parts: shares.map((share, k) => share * values[k]) };
  const logs = shares.map((share, k) => share * Math.log(Math.max(values[k], LEAST_GEOMETRIC)));
  const low = shares.map((share, k) => (there[k] && values[k] === whole ? share : 0));
  const by = rules.combine === "minimum" ? low : logs.some((log) => log > 0) ? logs : shares;
  return { shares, parts: sharesOf(by).map((share) => share * whole) };
}

/** Rank 1 is best; values that differ by rounding error alone share the better rank; null stays unranked. */
export function ranksOf(values, direction = "higher") {
  const known = values.map((_, i) => i).filter((i) => values[i] !== null);
  known.sort((a, b) => (direction === "lower" ? values[a] - values[b] : values[b] - values[a]));
  const scale = known.reduce((most, i) => Math.max(most, Math.abs(values[i])), 0);
  const ranks = values.map(() => null);
  known.forEach((i, place) => {
    const before = known[place - 1];
    const tied = place > 0 && Math.abs(values[before] - values[i]) <= SAME * scale;
    ranks[i] = tied ? ranks[before] : place + 1;
  });
  return ranks;
}

/** Indices from first to last: by rank, ties in their present order, unranked last. */
export function orderOf(ranks, present) {
  const places = placesOf(present);
  const key = (i) => ranks[i] ?? ranks.length + 1;
  return [...present].sort((a, b) => key(a) - key(b) || places[a] - places[b]);
}

/** Each rep's place (0 = top) in an order. */
export function placesOf(order) {
  const places = new Array(order.length);
  order.forEach((i, place) => {
    places[i] = place;
  });
  return places;
}

/** What each KPI really does to the ranking, as workbench/weights/effective_shares.py: cov(contribution, score) ÷ var(score); null when scores do not differ. */
export function effectiveShares(points, weights, scores, rules) {
  const rows = points.map((_, i) => i).filter((i) => scores[i] !== null);
  const known = rows.map((i) => scores[i]);
  const most = Math.max(...known.map(Math.abs));
  if (rows.length < 2 || !(Math.max(...known) - Math.min(...known) > SAME * most)) return null;
  const centre = known.reduce((sum, score) => sum + score, 0) / rows.length;
  const variance = known.reduce((sum, score) => sum + (score - centre) ** 2, 0);
  const found = weights.map(() => 0);
  for (const i of rows)
    contributionsOf(points[i], weights, rules).parts.forEach((part, k) => {
      found[k] += (part * (scores[i] - centre)) / variance;
    });
  return found;
}

/** Quarter of the goal each rep belongs to, 0 lowest to 3 highest; null without a goal value. */
export function quartersOf(goalRanks) {
  const n = goalRanks.filter((rank) => rank !== null).length;
  return goalRanks.map((rank) => (rank === null ? null : 3 - Math.min(Math.floor((4 * (rank - 1)) / n), 3)));
}

/** Which reps are ranked within `top`; ties at nothing are not: where more is better, whoever has none has no place. */
export function placesOfHonour(ranks, values, top, direction = "higher") {
  return ranks.map((rank, i) => rank !== null && rank <= top && (direction === "lower" || values[i] > 0));
}
