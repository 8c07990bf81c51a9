// Where everything stands across the board, from its width: one place for text and drawing alike.

const NAMED_FROM = 490; // pixels: what is narrower is a phone, with no room for names at both ends
const TICK_ROOM = 24; // pixels between two numbers on the axis

const between = (low, value, high) => Math.min(Math.max(value, low), high);

/** Text size that fits a row and leaves room for the bars. */
function fontSize(width, rowHeight, most) {
  return between(11.5, rowHeight * 0.56, Math.min(width / 44, most));
}

/** Each column as [left, width] in pixels; `row` and `grid` are the ones the row's own text stands in. */
export function columnsOf(width, rowHeight, mostSize, board, measure) {
  const f = fontSize(width, rowHeight, mostSize);
  const named = width >= NAMED_FROM;
  const longest = (texts, most, weight) =>
    Math.min(Math.max(...texts.map((text) => measure(text, f, weight)), f) + 2, most);
  const names = board.reps.map((rep) => rep.name);
  const w = {
    pinned: f * 2.1,
    link: between(named ? 28 : 44, width * (width < 900 ? 0.05 : 0.075), 150),
    lane: between(18, width * 0.02, 32),
    rank: f * 1.9,
    delta: f * 2.3,
    who: longest(names, between(72, width * 0.15, f * 13), 400) + f * 0.6,
    score: f * 3.1,
    goalRank: f * 1.9,
    goalName: named ? longest(names, between(72, width * 0.13, f * 11), 400) + f * 0.6 : 0,
    value:
      longest(
        board.reps.map((rep) => rep.goalText),
        f * 8,
        400,
      ) +
      f * 0.4,
  };
  const left =
    width - 2 * w.link - 2 * w.lane - w.pinned - w.rank - w.delta - w.who - w.score - w.goalRank - w.goalName - w.value;
  w.bars = Math.max(left * 0.66, 40);
  w.goalBar = Math.max(left - w.bars, 24);
  const places = {};
  let x = 0;
  const sequence = [
    "pinned",
    "link",
    "lane",
    "rank",
    "delta",
    "who",
    "bars",
    "score",
    "laneAfter",
    "linkAfter",
    "goalRank",
    "goalName",
    "goalBar",
    "value",
  ];
  for (const name of sequence) {
    const size = w[name] ?? w[name.replace("After", "")];
    places[name] = [x, size];
    x += size;
  }
  const rowLeft = places.rank[0];
  return {
    ...places,
    f,
    named,
    grid: {
      "row-left": rowLeft,
      "row-width": places.laneAfter[0] - rowLeft,
      rank: w.rank,
      delta: w.delta,
      who: w.who,
      bars: w.bars,
      score: w.score,
    },
    heads: headsOf(places, board),
  };
}

function headsOf(places, board) {
  const unit = board.goal.unit ? `, ${board.goal.unit}` : "";
  const span = (from, to) => ({ left: places[from][0], width: places[to][0] + places[to][1] - places[from][0] });
  return [
    { text: "before", ...span("pinned", "link") },
    { text: "now", ...span("rank", "delta") },
    { text: "score, made of the KPIs", ...span("bars", "score") },
    { text: board.covered ?? `${board.goal.label}${unit}`, ...span("goalRank", "value") },
    ...readable(ticksOf(board.rules, board.good), places.bars[1], board).map((value) =>
      tick(value, places.bars, board),
    ),
  ];
}

function tick(value, [left, width], { rules }) {
  return { text: String(value), left: left + axisOf(rules).at(value) * width - 20, width: 40, name: "tick" };
}

/** The marks whose numbers do not lie on that of a good score. */
function readable(ticks, width, { rules, good }) {
  const axis = axisOf(rules);
  const apart = (value) => Math.abs(axis.at(value) - axis.at(good)) * width;
  return ticks.filter((value) => value === good || apart(value) >= TICK_ROOM);
}

/** Where the score axis is marked: its ends, 0, and the line of a good score. */
export function ticksOf(rules, good) {
  const axis = axisOf(rules);
  const inner = [0, 50, good].filter((value) => value >= axis.low && value <= axis.high);
  return [...new Set([axis.low, ...inner, axis.high])].sort((a, b) => a - b);
}

/** The score axis: from 0 (or a floor below it) to the cap, never moving with the data. */
export function axisOf(rules) {
  const low = Math.min(0, rules.floor);
  return { low, high: rules.cap, at: (value) => (value - low) / (rules.cap - low) };
}
