// Shares, scores and ranks from points and weights: the arithmetic of workbench/scoring/scorecard.py, in its order.

/** Weight ÷ total; all 0 while the total is 0. */
export function sharesOf(weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 0));
}

/** One score per rep, null where nothing can be said. `points` is reps × KPIs with null for a missing value. */
export function scoresOf(points, weights, rules) {
  const shares = sharesOf(weights);
  const counted = shares.map((share, k) => (share > 0 ? k : -1)).filter((k) => k >= 0);
  return points.map((row) => (counted.length ? score(row, shares, counted, rules) : null));
}

function score(row, shares, counted, rules) {
  const known = counted.filter((k) => row[k] !== null);
  if (!known.length || (rules.missing === "exclude" && known.length < counted.length)) return null;
  const used = rules.missing === "zero" ? counted : known;
  return COMBINE[rules.combine](used.map((k) => row[k] ?? 0), used.map((k) => shares[k]));
}

const COMBINE = {
  mean: (values, shares) => weightedMean(values, shares),
  geometric: (values, shares) => Math.exp(weightedMean(values.map((value) => Math.log(Math.max(value, 1))), shares)),
  minimum: (values) => Math.min(...values),
};

function weightedMean(values, shares) {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i] * shares[i];
    total += shares[i];
  }
  return sum / total;
}

/** Rank 1 is best; equal values share the lowest rank; null stays unranked. */
export function ranksOf(values, direction = "higher") {
  const sign = direction === "lower" ? -1 : 1;
  const known = values.filter((value) => value !== null).sort((a, b) => sign * (b - a));
  const first = new Map();
  known.forEach((value, place) => first.has(value) || first.set(value, place + 1));
  return values.map((value) => (value === null ? null : first.get(value)));
}

/** Indices from first to last: by rank, ties in their present order, unranked last. */
export function orderOf(ranks, present) {
  const place = new Array(ranks.length);
  present.forEach((index, position) => { place[index] = position; });
  const key = (index) => ranks[index] ?? Infinity;
  return [...present].sort((a, b) => (key(a) === key(b) ? 0 : key(a) - key(b)) || place[a] - place[b]);
}

/** Each rep's place (0 = top) in an order. */
export function placesOf(order) {
  const places = new Array(order.length);
  order.forEach((index, place) => { places[index] = place; });
  return places;
}

/** What each KPI really does to the ranking: share × cov(points, score) ÷ var(score); null when scores do not differ. */
export function effectiveShares(points, weights, scores) {
  const shares = sharesOf(weights);
  const rows = points.map((_, i) => i).filter((i) => scores[i] !== null && points[i].every((value) => value !== null));
  const mean = (pick) => rows.reduce((sum, i) => sum + pick(i), 0) / rows.length;
  const centre = mean((i) => scores[i]);
  const variance = mean((i) => (scores[i] - centre) ** 2);
  if (rows.length < 3 || !(variance > 1e-12)) return null;
  return shares.map((share, k) => (share * mean((i) => points[i][k] * (scores[i] - centre))) / variance);
}

/** How many of the `top` best by score are also among the `top` best by goal; ties at the edge are let in. */
export function overlapOf(scoreRanks, goalRanks, top) {
  return scoreRanks.filter((rank, i) => rank !== null && rank <= top && goalRanks[i] !== null && goalRanks[i] <= top).length;
}
