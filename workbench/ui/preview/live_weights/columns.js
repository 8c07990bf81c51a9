// Where everything stands across the board, from its width: one place for text and drawing alike.

const NAMED_FROM = 490; // pixels: what is narrower is a phone, with no room for names at both ends
const SMALLEST = 12; // pixels of letters; a phone leaves out the place before instead
const TICK_ROOM = 24; // pixels between two numbers on the axis

const between = (low, value, high) => Math.min(Math.max(value, low), high);

/** Text size that fits a row and leaves room for the bars. */
function fontSize(width, rowHeight, most) {
  return Math.max(SMALLEST, Math.min(rowHeight * 0.56, width / 44, most));
}

/** Each column as [left, width] in pixels; `row` and `grid` are the ones the row's own text stands in. */
export function columnsOf(width, rowHeight, mostSize, board, measure) {
  const f = fontSize(width, rowHeight, mostSize);
  const named = width >= NAMED_FROM;
  const longest = (texts, most, weight) =>
    Math.min(Math.max(...texts.map((text) => measure(text, f, weight)), f) + 2, most);
  const names = board.reps.map((rep) => rep.name);
  const w = {
    pinned: named ? f * 2.1 : 0,
    link: named ? between(28, width * (width < 900 ? 0.05 : 0.075), 150) : 0,
    lane: named ? between(18, width * 0.02, 32) : 0,
    rank: f * 1.9,
    delta: named ? f * 2.3 : 6,
    laneAfter: named ? undefined : 8,
    linkAfter: named ? undefined : 34,
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
  w.laneAfter ??= w.lane;
  w.linkAfter ??= w.link;
  const left = width - Object.values(w).reduce((sum, each) => sum + each, 0);
  w.bars = Math.max(left * 0.66, 40);
  w.goalBar = Math.max(left - w.bars, named ? 24 : 0);
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
    places[name] = [x, w[name]];
    x += w[name];
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
    heads: headsOf(places, board, named),
  };
}

function headsOf(places, board, named) {
  const unit = named && board.goal.unit ? `, ${board.goal.unit}` : "";
  const span = (from, to) => ({ left: places[from][0], width: places[to][0] + places[to][1] - places[from][0] });
  return [
    ...(named ? [{ text: "before", ...span("pinned", "link") }] : []),
    { text: "now", ...span("rank", named ? "delta" : "who") },
    { text: named ? "score, made of the KPIs" : "score", ...span("bars", "score") },
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
