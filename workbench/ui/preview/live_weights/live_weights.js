// The live view: what the hand does becomes weights, weights become scores, and on release Python is told.
import { Board } from "./board.js";
import { coloursOf } from "./colours.js";
import { Controls, figure } from "./controls.js";
import { Drill } from "./drill.js";
import { effectiveShares, overlapOf, quartersOf, ranksOf, scoresOf, sharesOf } from "./scores.js";
import { changes, equal, move, scaleTo } from "./weights.js";

const HELD = 100;
const PAUSE_MS = 350; // steps by key or button within this time are one change

class LiveWeights {
  constructor(root) {
    this.root = root;
    this.find = (selector) => root.querySelector(selector);
    this.hand = null;
    this.told = { sent: 0, edits: 0, steps: 0 };
    this.hold = false;
    this.chosen = this.placed = null;
    this.above = false;
    this.controls = new Controls(root, {
      grab: (k) => this.grab(k),
      drag: (k, value) => this.drag(k, value),
      release: () => this.release(),
      step: (k, by) => this.jump(k, this.weights[k] + by),
      jump: (k, value) => this.jump(k, value),
      lock: (k) => this.lock(k),
    });
    this.board = new Board(root, { select: (i) => this.choose(i === this.chosen ? null : i) });
    this.drill = new Drill(root, () => this.choose(null));
    this.listen();
  }

  listen() {
    const acts = {
      undo: () => this.history(-1),
      redo: () => this.history(1),
      equal: () => this.equal(),
      reset: () => this.all(this.pinned, "Back to the pinned weights."),
      pin: () => this.pin(),
      sort: () => this.sort(),
    };
    for (const button of this.root.querySelectorAll("[data-do]"))
      button.addEventListener("click", () => acts[button.dataset.do]());
    this.find(".hold").addEventListener("change", (event) => this.keepTotal(event.target.checked));
    this.find(".autosort").addEventListener("change", (event) => event.target.checked && this.sort());
    this.find(".large").addEventListener("change", (event) => {
      this.root.classList.toggle("big", event.target.checked);
      this.board.enlarge(event.target.checked);
    });
    this.root.addEventListener("keydown", (event) => {
      const letter = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(letter)) return;
      this.history(letter === "y" || event.shiftKey ? 1 : -1);
      event.preventDefault();
    });
  }

  /** Data from Python, with what it has been told so far. What concerns a hand on a slider waits until it lets go; an answer that is out of date is dropped. */
  receive(data, send) {
    this.send = send;
    if (this.hand || this.timer) {
      this.waiting = data;
      return;
    }
    this.waiting = null;
    const fresh = this.adoptBoard(data.board);
    if (fresh || data.state.told.sent >= this.told.sent) this.adoptState(data.state);
    this.render();
    if (fresh || this.autosort) this.board.sort();
    this.showSorted();
  }

  adoptBoard(board) {
    const colours = coloursOf(this.root, board);
    const content = JSON.stringify([board, colours]);
    if (content === this.content) return false;
    this.content = content;
    this.data = board;
    this.points = board.reps.map((rep) => rep.points);
    this.goalRanks = ranksOf(
      board.reps.map((rep) => rep.goal),
      board.goal.direction,
    );
    this.quarters = quartersOf(this.goalRanks);
    this.locked = board.kpis.map((_, k) => this.locked?.[k] ?? false);
    this.board.colours = colours;
    this.controls.build(board.kpis);
    this.board.build(board, this.goalRanks);
    return true;
  }

  adoptState(state) {
    if (!this.weights) this.told = { ...state.told };
    this.weights = state.weights;
    this.pinned = state.pinned;
    this.can = { undo: state.undo, redo: state.redo };
    const chosen = this.data.reps.findIndex((rep) => rep.id === state.chosen);
    this.chosen = chosen < 0 ? null : chosen;
  }

  get autosort() {
    return this.find(".autosort").checked;
  }

  render() {
    const shares = sharesOf(this.weights);
    const scores = scoresOf(this.points, this.weights, this.data.rules);
    const ranks = ranksOf(scores);
    const pinnedRanks = ranksOf(scoresOf(this.points, this.pinned, this.data.rules));
    const effective =
      this.data.rules.combine === "mean" ? effectiveShares(this.points, this.weights, scores) : undefined;
    this.live = {
      weights: this.weights,
      shares,
      scores,
      ranks,
      pinnedRanks,
      goalRanks: this.goalRanks,
      quarters: this.quarters,
      describe: (i) => this.describe(i),
    };
    this.controls.show({
      weights: this.weights,
      shares,
      effective,
      pinned: this.pinned,
      locked: this.locked,
      hold: this.hold,
      undo: this.can.undo,
      redo: this.can.redo,
    });
    this.board.show(this.live);
    this.board.select(this.chosen);
    if (this.chosen !== this.placed) this.above = this.chosen !== null && this.board.low(this.chosen);
    this.placed = this.chosen; // the panel keeps its side while the hand moves
    this.drill.show(this.data, this.live, this.weights, this.chosen, this.above);
    this.overlap();
    this.showSorted();
  }

  overlap() {
    const { top } = this.data;
    const { ranks } = this.live;
    const found = overlapOf(ranks, this.goalRanks, top);
    const ranked = ranks.some((rank) => rank !== null);
    const figureNode = document.createElement("strong");
    figureNode.textContent = `${found} of ${top}`;
    const words = top === 1 ? " best seller in first place" : ` best sellers in the top ${top}`;
    this.find(".overlap").replaceChildren(...(ranked && top > 0 ? [figureNode, words] : []));
  }

  showSorted() {
    this.find(".sort").disabled = this.board.sorted;
  }

  describe(i) {
    const { ranks, scores } = this.live;
    const rep = this.data.reps[i];
    const score = scores[i] === null ? "no score" : `rank ${ranks[i]}, score ${scores[i].toFixed(1)}`;
    const goal =
      this.goalRanks[i] === null ? "" : `, ${this.data.goal.label} ${rep.goalText}, rank ${this.goalRanks[i]}`;
    return `${rep.name}: ${score}${goal}`;
  }

  grab(k) {
    if (this.hand) return;
    this.settle();
    this.hand = { k, start: [...this.weights] };
  }

  drag(k, value) {
    if (!this.hand) this.grab(k);
    this.moveFrom(this.hand.start, k, value);
    this.render();
  }

  release() {
    if (!this.hand) return;
    const { start } = this.hand;
    this.hand = null;
    if (changes(start, this.weights).length) this.commit();
    else if (this.waiting) this.receive(this.waiting, this.send);
  }

  // A step by key or button: shown at once, told to Python when the steps pause.
  jump(k, value) {
    if (value === null) return this.render();
    this.moveFrom(this.weights, k, Math.min(Math.max(value, 0), 1000));
    this.render();
    return this.soon();
  }

  moveFrom(start, k, value) {
    const { weights, note } = move(start, k, value, this.locked, this.hold ? HELD : null);
    this.weights = weights;
    const name = (index) => this.data.kpis[index].name;
    const moved = changes(start, weights, k).map(
      ({ k: other, from, to }) => `${name(other)} ${figure(from)} → ${figure(to)}`,
    );
    if (note === "held") this.say(`Total held at ${HELD}: ${moved.join(", ")}`);
    else if (note === "all others locked")
      this.say("Every other weight is locked, so this one cannot move while the total is held.");
    else this.say("");
  }

  all(weights, words) {
    this.settle();
    const moved = changes(this.weights, weights).length;
    this.weights = [...weights];
    this.say(words);
    this.render();
    if (moved) this.commit();
  }

  equal() {
    const kept = this.locked.some(Boolean) ? " Locked ones stay." : "";
    this.all(equal(this.weights, this.locked, this.hold ? HELD : null), `Equal weights.${kept}`);
  }

  keepTotal(on) {
    this.hold = on;
    const before = this.weights;
    const after = on ? scaleTo(before, this.locked, HELD) : before;
    const moved = changes(before, after).map(
      ({ k, from, to }) => `${this.data.kpis[k].name} ${figure(from)} → ${figure(to)}`,
    );
    this.all(
      after,
      on
        ? moved.length
          ? `Total brought to ${HELD}: ${moved.join(", ")}`
          : `The total stays at ${HELD} from now on.`
        : "",
    );
  }

  pin() {
    this.pinned = [...this.weights];
    this.say("Pinned: ranks are now compared with these weights.");
    this.render();
    this.tell();
  }

  lock(k) {
    this.locked[k] = !this.locked[k];
    this.render();
  }

  choose(i) {
    this.chosen = i;
    this.render();
    this.tell();
  }

  history(step) {
    if (!this.can[step < 0 ? "undo" : "redo"]) return;
    this.settle();
    this.told.steps += step;
    this.say("");
    this.tell();
  }

  sort() {
    this.board.sort();
    this.showSorted();
  }

  say(words) {
    const place = this.find(".notice");
    if (place.textContent !== words) place.textContent = words;
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), PAUSE_MS);
  }

  settle() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.commit();
  }

  commit() {
    if (this.autosort) this.sort();
    this.told.edits += 1;
    this.tell();
  }

  tell() {
    this.told.sent += 1;
    this.send({
      told: { ...this.told },
      weights: this.weights,
      pinned: this.pinned,
      chosen: this.chosen === null ? null : this.data.reps[this.chosen].id,
    });
  }

  stop() {
    this.settle();
    this.board.stop();
  }
}

const views = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".live-weights");
  if (!views.has(root)) views.set(root, new LiveWeights(root));
  const view = views.get(root);
  view.receive(data, (state) => setStateValue("released", state));
  return () => {
    if (!root.isConnected) view.stop();
  };
}
