// Everything on the board that is drawn: lines between the three orders, stacked scores, the goal's bars.
import { axisOf, ticksOf } from "./columns.js";
import { contributionsOf } from "./scores.js";

export function paint(context, board, first, last) {
  const scale = window.devicePixelRatio || 1;
  const { width, height } = context.canvas;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width / scale, height / scale);
  context.translate(0, -board.top);
  const scene = {
    context,
    board,
    first,
    last,
    columns: board.columns,
    h: board.rowHeight,
    focus: board.hovered ?? board.selected ?? null,
  };
  if (board.live.ranks.every((rank) => rank === null)) return drawGoal(scene);
  drawAxis(scene, height / scale);
  drawTies(scene);
  drawLines(scene);
  drawScores(scene);
  drawPinned(scene);
  return drawGoal(scene);
}

const middle = (place, h) => (place + 0.5) * h;
const seen = (scene, ...places) => Math.max(...places) >= scene.first && Math.min(...places) <= scene.last;

function drawAxis({ context, board, columns }, height) {
  const { rules } = board.board;
  const axis = axisOf(rules);
  const [left, width] = columns.bars;
  for (const value of ticksOf(rules, board.board.good)) {
    const good = value === board.board.good;
    context.fillStyle = good ? board.colours.muted : board.colours.line;
    context.fillRect(Math.round(left + axis.at(value) * width), board.top, good ? 1.5 : 1, height);
  }
}

// Reps who share a rank are held together by a bracket.
function drawTies({ context, board, columns, h }) {
  const { ranks } = board.live;
  const x = columns.rank[0] - 4;
  context.strokeStyle = board.colours.muted;
  context.lineWidth = 1.5;
  for (let place = 0; place < board.order.length; place += 1) {
    const rank = ranks[board.order[place]];
    let end = place;
    while (rank !== null && end + 1 < board.order.length && ranks[board.order[end + 1]] === rank) end += 1;
    if (end > place) {
      context.beginPath();
      context.moveTo(x + 3, place * h + 4);
      context.lineTo(x, place * h + 4);
      context.lineTo(x, (end + 1) * h - 4);
      context.lineTo(x + 3, (end + 1) * h - 4);
      context.stroke();
    }
    place = end;
  }
}

function drawLines(scene) {
  const { board, focus } = scene;
  const faint = (board.rows.length > 60 ? 0.35 : 0.6) + (board.colours.dark ? 0.15 : 0);
  for (let i = 0; i < board.rows.length; i += 1) if (i !== focus) line(scene, i, focus === null ? faint : 0.2, 1.5);
  if (focus !== null) line(scene, focus, 1, 3.5);
}

// From the pinned rank to the rank now, and on to the goal's. A row that has not followed its rank yet is left aside,
// unless it is the one looked at.
function line(scene, i, alpha, width) {
  const { context, board, columns, h, focus } = scene;
  const { pinned, live, shown, goal } = board.places;
  const { ranks, pinnedRanks, goalRanks } = board.live;
  if (ranks[i] === null) return;
  context.strokeStyle = board.colours.quarters[board.live.quarters[i]] ?? board.colours.muted;
  context.globalAlpha = alpha;
  context.lineWidth = width;
  context.beginPath();
  const joined = i === focus || Math.abs(live[i] - shown[i]) < 0.05;
  const [now, row] = [middle(live[i], h), middle(shown[i], h)];
  if (columns.link[1] && pinnedRanks[i] !== null && seen(scene, pinned[i], live[i])) {
    const [x, w] = columns.link;
    bend(context, x, middle(pinned[i], h), x + w, now);
    if (joined) bend(context, x + w, now, x + w + columns.lane[1] - 8, row);
  }
  if (goalRanks[i] !== null && seen(scene, goal[i], live[i])) {
    const [x, w] = columns.laneAfter;
    if (joined) bend(context, x + 4, row, x + w, now);
    bend(context, x + w, now, x + w + columns.linkAfter[1] - 6, middle(goal[i], h));
  }
  context.stroke();
  context.globalAlpha = 1;
}

function bend(context, x0, y0, x1, y1) {
  const half = (x0 + x1) / 2;
  context.moveTo(x0, y0);
  context.bezierCurveTo(half, y0, half, y1, x1, y1);
}

function drawScores(scene) {
  const { context, board, columns, h } = scene;
  const { kpis, reps, rules } = board.board;
  const axis = axisOf(rules);
  const [left, width] = columns.bars;
  const tall = Math.max(h * 0.64, 8);
  reps.forEach((rep, i) => {
    const place = board.places.shown[i];
    if (!seen(scene, place) || board.live.scores[i] === null) return;
    const { parts } = contributionsOf(rep.points, board.live.weights, rules);
    const ends = { up: 0, down: 0 };
    parts.forEach((part, k) => {
      const side = part < 0 ? "down" : "up";
      const from = axis.at(ends[side]) * width;
      ends[side] += part;
      const to = axis.at(ends[side]) * width;
      context.fillStyle = kpis[k].color;
      context.fillRect(
        left + Math.min(from, to),
        place * h + (h - tall) / 2,
        Math.max(Math.abs(to - from) - 1, 0),
        tall,
      );
    });
  });
}

function drawPinned(scene) {
  const { context, board, columns, h, focus } = scene;
  context.textBaseline = "middle";
  context.textAlign = "right";
  board.rows.forEach((_, i) => {
    const rank = board.live.pinnedRanks[i];
    if (rank === null || !columns.pinned[1] || !seen(scene, board.places.pinned[i])) return;
    type(context, board, columns.f, i === focus);
    context.fillText(String(rank), columns.pinned[0] + columns.pinned[1] - 8, middle(board.places.pinned[i], h) + 1);
  });
}

function drawCover({ context, board, columns, h }) {
  const left = columns.goalRank[0];
  context.globalAlpha = 0.12;
  context.fillStyle = board.colours.muted;
  context.fillRect(left, 0, columns.value[0] + columns.value[1] - left, board.rows.length * h);
  context.globalAlpha = 1;
}

function drawGoal(scene) {
  const { context, board, columns, h, focus } = scene;
  if (board.board.covered) {
    drawCover(scene);
    return;
  }
  const { reps } = board.board;
  const values = reps.map((rep) => rep.goal).filter((value) => value !== null);
  const low = Math.min(0, ...values);
  const reach = Math.max(0, ...values) - low || 1;
  const [left, width] = columns.goalBar;
  const tall = Math.max(h * 0.5, 6);
  context.textBaseline = "middle";
  board.goalOrder.forEach((i, place) => {
    if (!seen(scene, place)) return;
    const y = place * h;
    const rep = reps[i];
    type(context, board, columns.f, i === focus);
    context.textAlign = "right";
    context.fillText(
      String(board.live.goalRanks[i] ?? "–"),
      columns.goalRank[0] + columns.goalRank[1] - 8,
      y + h / 2 + 1,
    );
    context.textAlign = "left";
    if (columns.named)
      context.fillText(clip(context, rep.name, columns.goalName[1] - 8), columns.goalName[0], y + h / 2 + 1);
    const zero = left + (-low / reach) * width;
    const end = left + (((rep.goal ?? 0) - low) / reach) * width;
    context.fillStyle = board.colours.quarters[board.live.quarters[i]] ?? board.colours.muted;
    context.fillRect(Math.min(zero, end), y + (h - tall) / 2, Math.max(Math.abs(end - zero), rep.goal ? 1 : 0), tall);
    type(context, board, columns.f, i === focus);
    context.textAlign = "right";
    context.fillText(rep.goalText, columns.value[0] + columns.value[1] - 4, y + h / 2 + 1);
  });
}

function type(context, board, size, strong) {
  context.globalAlpha = 1;
  context.font = `${strong ? 700 : 400} ${size}px ${board.colours.font}`;
  context.fillStyle = strong ? board.colours.text : board.colours.soft;
}

const clipped = new Map();
function clip(context, text, width) {
  const known = `${context.font}|${Math.round(width)}|${text}`;
  if (!clipped.has(known)) {
    if (clipped.size > 5000) clipped.clear();
    let short = text;
    while (short.length > 1 && context.measureText(short === text ? text : `${short}…`).width > width)
      short = short.slice(0, -1);
    clipped.set(known, short === text ? text : `${short}…`);
  }
  return clipped.get(known);
}
