// The ranking: rows that stay still under the hand, lines that run ahead of them, and the motion between the two.
import { columnsOf } from "./columns.js";
import { paint } from "./paint.js";
import { orderOf, placesOf } from "./scores.js";

const EASE_MS = 70;
const STILL = 0.4;

/** `on` has: select(i). Places are in rows from the top; `shown` is where rows are, `live` where their ranks belong. */
export class Board {
  constructor(root, on) {
    const find = (selector) => root.querySelector(selector);
    Object.assign(this, {
      root,
      on,
      view: find(".view"),
      sheet: find(".sheet"),
      canvas: find("canvas"),
      list: find(".rows"),
      titles: find(".titles"),
      template: find("template#rep"),
      rows: [],
      hovered: null,
      frame: 0,
      last: 0,
    });
    this.context = this.canvas.getContext("2d");
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.view);
    this.view.addEventListener("scroll", () => this.start(), { passive: true });
    this.view.addEventListener("pointermove", (event) => this.hover(this.at(event)));
    this.view.addEventListener("pointerleave", () => this.hover(null));
    this.view.addEventListener(
      "click",
      (event) => !event.target.closest("button") && this.at(event) !== null && this.on.select(this.at(event)),
    );
  }

  build(board, goalRanks) {
    this.board = board;
    this.rows = board.reps.map((rep, i) => this.row(rep, i));
    this.goalOrder = orderOf(
      goalRanks,
      board.reps.map((_, i) => i),
    );
    this.order = this.goalOrder;
    this.places = { goal: Float64Array.from(placesOf(this.goalOrder)), shown: null, live: null, pinned: null };
    this.targets = {};
    this.list.replaceChildren(...this.rows.map((row) => row.item));
  }

  row(rep, i) {
    const item = this.template.content.firstElementChild.cloneNode(true);
    const find = (selector) => item.querySelector(selector);
    find(".who").textContent = rep.name;
    find(".who").title = rep.name;
    find("button").addEventListener("click", () => this.on.select(i));
    find("button").addEventListener("focus", () => this.hover(i));
    return {
      item,
      button: find("button"),
      rank: find(".rank"),
      delta: find(".delta"),
      score: find(".score"),
      place: -1,
    };
  }

  /** Take new scores. Rows keep their places until `sort`; lines move to the new ranks. */
  show(live) {
    this.live = live;
    const order = orderOf(live.ranks, this.order);
    this.targets.live = placesOf(order);
    this.targets.pinned = placesOf(orderOf(live.pinnedRanks, this.goalOrder));
    this.targets.shown ??= this.targets.live;
    for (const name of ["live", "pinned", "shown"]) this.places[name] ??= Float64Array.from(this.targets[name]);
    this.view.classList.toggle(
      "empty",
      live.ranks.every((rank) => rank === null),
    );
    this.start();
  }

  /** Whether the rows stand in the order of their ranks. */
  get sorted() {
    return this.order.every(
      (i, place) => !place || key(this.live.ranks[this.order[place - 1]]) <= key(this.live.ranks[i]),
    );
  }

  sort() {
    this.order = orderOf(this.live.ranks, this.order);
    this.targets.shown = placesOf(this.order);
    this.targets.live = this.targets.shown;
    this.describe();
    this.start();
  }

  // Reading order follows ranks, without taking the focus from a row.
  describe() {
    const focused = this.list.getRootNode().activeElement;
    for (const i of this.order) this.list.append(this.rows[i].item);
    if (focused && this.list.contains(focused)) focused.focus({ preventScroll: true });
    this.rows.forEach((row, i) => {
      row.button.setAttribute("aria-label", this.live.describe(i));
      row.item.dataset.score = this.live.scores[i] ?? "";
    });
  }

  /** Rows to be read from across a room. */
  enlarge(on) {
    this.big = on;
    this.resize();
  }

  resize() {
    if (!this.rows.length || !this.view.clientWidth) return;
    const n = this.rows.length;
    const height = this.view.clientHeight;
    this.height = height;
    const { least, most, size } = this.big ? { least: 38, most: 64, size: 30 } : { least: 18, most: 40, size: 18 };
    this.rowHeight = Math.min(Math.max(height / n, least), most);
    this.columns = columnsOf(this.view.clientWidth, this.rowHeight, size, this.board, this.measure());
    this.sheet.style.height = `${Math.max(n * this.rowHeight, 0)}px`;
    this.list.style.setProperty("--row", `${this.rowHeight}px`);
    this.list.style.setProperty("--size", `${this.columns.f}px`);
    for (const [name, value] of Object.entries(this.columns.grid))
      this.list.style.setProperty(`--${name}`, `${value}px`);
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(this.view.clientWidth * scale);
    this.canvas.height = Math.round(height * scale);
    this.canvas.style.height = `${height}px`;
    this.heads();
    this.rows.forEach((row) => {
      row.place = -1;
    });
    this.draw();
  }

  measure() {
    const { context } = this;
    return (text, size, weight = 400) => {
      context.font = `${weight} ${size}px ${this.colours.font}`;
      return context.measureText(text).width;
    };
  }

  heads() {
    const heads = this.columns.heads.map(({ text, left, width, name }) => {
      const head = document.createElement("span");
      head.textContent = text;
      head.className = name ?? "";
      Object.assign(head.style, { left: `${left}px`, width: `${width}px` });
      return head;
    });
    this.titles.replaceChildren(...heads);
  }

  at(event) {
    const box = this.view.getBoundingClientRect();
    const place = Math.floor((event.clientY - box.top + this.view.scrollTop) / this.rowHeight);
    if (!this.columns || place < 0 || place >= this.rows.length) return null;
    if (event.clientX - box.left >= this.columns.goalRank[0]) return this.goalOrder[place];
    return this.order[place];
  }

  hover(i) {
    if (this.hovered === i) return;
    this.hovered = i;
    this.start();
  }

  select(i) {
    if (this.selected === i) return;
    this.selected = i;
    this.rows.forEach((row, k) => {
      row.button.setAttribute("aria-pressed", String(k === i));
    });
    this.start();
  }

  /** Whether a rep's row is in the lower half of what is seen. */
  low(i) {
    return (this.targets.shown[i] + 0.5) * this.rowHeight - this.view.scrollTop > this.view.clientHeight / 2;
  }

  start() {
    if (this.frame) return;
    this.last = performance.now();
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  tick(now) {
    this.frame = 0;
    const part = this.still.matches ? 1 : 1 - Math.exp(-Math.max(now - this.last, 8) / EASE_MS);
    this.last = now;
    const moving = ["shown", "live", "pinned"].map((name) =>
      approach(this.places[name], this.targets[name], part, STILL / (this.rowHeight || 20)),
    );
    this.draw();
    if (moving.some(Boolean)) this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  // Reads the layout first and only then writes, so that the browser lays out once a frame.
  draw() {
    if (!this.live || !this.columns) return;
    this.top = this.view.scrollTop;
    const first = this.top / this.rowHeight - 1;
    const last = first + this.height / this.rowHeight + 2;
    this.rows.forEach((row, i) => {
      const place = this.places.shown[i];
      if (place !== row.place && (inside(place, first, last) || inside(row.place, first, last))) {
        row.item.style.transform = `translateY(${place * this.rowHeight}px)`;
        row.place = place;
      }
      if (inside(place, first, last)) this.fill(row, i);
    });
    paint(this.context, this, first, last);
  }

  fill(row, i) {
    const { ranks, pinnedRanks, scores } = this.live;
    write(row.rank, ranks[i] ?? "–");
    const by = ranks[i] === null || pinnedRanks[i] === null ? 0 : pinnedRanks[i] - ranks[i];
    write(row.delta, by ? `${by > 0 ? "▲" : "▼"}${Math.abs(by)}` : "");
    row.delta.className = by > 0 ? "delta up" : "delta";
    write(row.score, scores[i] === null ? "–" : scores[i].toFixed(1));
    row.item.classList.toggle("chosen", this.selected === i);
    row.item.classList.toggle("under", this.hovered === i);
  }

  stop() {
    this.watch.disconnect();
    cancelAnimationFrame(this.frame);
  }
}

function key(rank) {
  return rank ?? Infinity;
}

function inside(place, first, last) {
  return place >= first && place <= last;
}

function write(node, text) {
  const wanted = String(text);
  if (node.firstChild?.data !== wanted) node.textContent = wanted;
}

function approach(places, targets, part, still) {
  let moving = false;
  for (let i = 0; i < places.length; i += 1) {
    const gap = targets[i] - places[i];
    if (Math.abs(gap) <= still) places[i] = targets[i];
    else {
      places[i] += gap * part;
      moving = true;
    }
  }
  return moving;
}
