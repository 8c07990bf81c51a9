// What happens to the weights when one of them is moved: pure, every answer says what else moved and why not.

const TENTH = 10;
const tidy = (value) => Math.round(value * TENTH) / TENTH;

/** What a person typed as a weight (0 to 1000), or null when it is no number. */
export function asWeight(text) {
  const value = typeof text === "number" ? text : Number.parseFloat(String(text).replace(",", "."));
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), 1000) : null;
}

/** Move one weight from where all stood. With `held` (a total) the unlocked others give or take in proportion; what is off stays off. */
export function move(start, index, value, locked, held) {
  const weights = [...start];
  if (locked[index]) return { weights, note: "locked" };
  if (held === null) {
    weights[index] = value;
    return { weights, note: "" };
  }
  if (value === start[index]) return { weights, note: "" };
  const open = free(start, locked).filter((k) => k !== index);
  if (!open.length) return { weights, note: "all others locked" };
  const others = open.filter((k) => start[k] > 0);
  if (!others.length) return { weights, note: "all others off" };
  const room = held - start.reduce((sum, weight, k) => sum + (locked[k] ? weight : 0), 0);
  weights[index] = tidy(Math.min(Math.max(value, 0), Math.max(room, 0)));
  spread(weights, others, Math.max(room, 0) - weights[index], start);
  return { weights, note: changes(start, weights, index).length ? "held" : "" };
}

/** Bring the total to `held` by scaling the unlocked weights. */
export function scaleTo(start, locked, held) {
  const weights = [...start];
  const open = free(start, locked);
  const fixed = start.reduce((sum, weight, k) => sum + (locked[k] ? weight : 0), 0);
  if (open.length) spread(weights, open, Math.max(held - fixed, 0), start);
  return weights;
}

/** The same weight for every unlocked KPI, about keeping the total; with `held` (a total) keeping it exactly. `valueless` ones get none. */
export function equal(start, locked, held, valueless = []) {
  const open = free(start, locked).filter((k) => !valueless[k]);
  if (!open.length) return [...start];
  const total = held ?? (start.reduce((sum, weight) => sum + weight, 0) || 100);
  const weights = start.map((weight, k) => (valueless[k] && !locked[k] ? 0 : weight));
  const fixed = start.reduce((sum, weight, k) => sum + (locked[k] ? weight : 0), 0);
  if (held !== null)
    spread(
      weights,
      open,
      Math.max(held - fixed, 0),
      start.map(() => 1),
    );
  else
    open.forEach((k) => {
      weights[k] = Math.max(tidy((total - fixed) / open.length), 0);
    });
  return weights;
}

/** Which weights differ, apart from the one the hand is on. */
export function changes(before, after, except = -1) {
  return after.map((to, k) => ({ k, from: before[k], to })).filter(({ k, from, to }) => k !== except && from !== to);
}

function free(weights, locked) {
  return weights.map((_, k) => k).filter((k) => !locked[k]);
}

// Shares `amount` in proportion to `like` in tenths, the largest remainders first, so that the total is met exactly.
function spread(weights, places, amount, like) {
  const sum = places.reduce((total, k) => total + like[k], 0);
  const tenths = Math.round(amount * TENTH);
  const exact = places.map((k) => tenths * (sum > 0 ? like[k] / sum : 1 / places.length));
  const whole = exact.map(Math.floor);
  const left = tenths - whole.reduce((total, part) => total + part, 0);
  const byRemainder = exact.map((_, i) => i).sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]) || a - b);
  byRemainder.slice(0, left).forEach((i) => {
    whole[i] += 1;
  });
  places.forEach((k, i) => {
    weights[k] = whole[i] / TENTH;
  });
}
