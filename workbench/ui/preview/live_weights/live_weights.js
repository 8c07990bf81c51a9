// The live view: what the hand does becomes weights, weights become scores, and on release Python is told.
import { Board } from "./board.js";
import { coloursOf } from "./colours.js";
import { Controls } from "./controls.js";
import { Drill } from "./drill.js";
import { Hand } from "./hand.js";
import { describe, historyOf, overlapIn, standingOf } from "./standing.js";

class LiveWeights {
  constructor(root) {
    this.root = root;
    this.find = (selector) => root.querySelector(selector);
    this.told = { sent: 0, edits: 0, steps: 0 };
    this.chosen = this.placed = null;
    this.above = false;
    this.hand = new Hand({
      show: () => this.render(),
      say: (words) => this.say(words),
      change: () => this.commit(),
      idle: () => this.waiting && this.receive(this.waiting, this.send),
    });
    this.controls = new Controls(root, {
      grab: () => this.hand.grab(),
      drag: (k, value) => this.hand.drag(k, value),
      release: () => this.hand.release(),
      step: (k, by) => this.hand.jump(k, this.hand.weights[k] + by),
      jump: (k, value) => this.hand.jump(k, value),
      lock: (k) => {
        this.hand.lock(k);
        this.tell();
      },
    });
    this.board = new Board(root, { select: (i) => this.choose(i === this.chosen ? null : i) });
    this.drill = new Drill(root, () => this.choose(null));
    this.listen();
  }

  listen() {
    const acts = {
      undo: () => this.history(-1),
      redo: () => this.history(1),
      equal: () => this.hand.equal(),
      reset: () => this.hand.all(this.pinned, "Back to the weights before."),
      pin: () => this.pin(),
      sort: () => this.sort(),
    };
    for (const button of this.root.querySelectorAll("[data-do]"))
      button.addEventListener("click", () => acts[button.dataset.do]());
    this.find(".hold").addEventListener("change", (event) => {
      this.holds = event.target.checked;
      this.hand.keepTotal(this.holds);
      this.tell();
    });
    this.find(".autosort").addEventListener("change", (event) => event.target.checked && this.sort());
    this.find(".large").addEventListener("change", (event) => {
      this.root.classList.toggle("big", event.target.checked);
      this.board.enlarge(event.target.checked);
    });
    // Whoever goes on to a button of the page has done with the weights: that button is to find them as they stand.
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) this.hand.settle();
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
    if (this.hand.busy) {
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
    this.past = historyOf(board);
    this.hand.adopt(board.kpis);
    this.board.colours = colours;
    this.controls.build(board.kpis);
    this.board.build(board, this.past.goalRanks);
    return true;
  }

  adoptState(state) {
    if (!this.hand.weights) {
      this.told = { ...state.told };
      this.holds = state.hold ?? null; // what was switched by hand, if anything was
      this.hand.begin(state.weights, state.hold, state.locked);
      this.find(".hold").checked = this.hand.hold;
    }
    this.hand.weights = state.weights;
    this.pinned = state.pinned;
    this.root.classList.toggle("alone", Boolean(state.alone));
    this.can = { undo: state.undo, redo: state.redo };
    const chosen = this.data.reps.findIndex((rep) => rep.id === state.chosen);
    this.chosen = chosen < 0 ? null : chosen;
  }

  get autosort() {
    return this.find(".autosort").checked;
  }

  render() {
    const { weights, locked, hold } = this.hand;
    const standing = standingOf(this.data, this.past, weights, this.pinned);
    const live = { ...standing, describe: (i) => describe(this.data, standing, i) };
    const { shares, effective } = standing;
    this.controls.show({ weights, shares, effective, pinned: this.pinned, locked, hold, ...this.can });
    this.board.show(live);
    this.board.select(this.chosen);
    if (this.chosen !== this.placed) this.above = this.chosen !== null && this.board.low(this.chosen);
    this.placed = this.chosen; // the panel keeps its side while the hand moves
    this.drill.show(this.data, live, weights, this.chosen, this.above);
    this.showOverlap(overlapIn(this.data, standing));
    this.showSorted();
  }

  showOverlap(overlap) {
    const strong = document.createElement("strong");
    strong.textContent = overlap?.figure;
    this.find(".overlap").replaceChildren(...(overlap ? [strong, overlap.words] : []));
  }

  showSorted() {
    this.find(".sort").disabled = this.board.sorted;
  }

  pin() {
    this.pinned = [...this.hand.weights];
    this.say("Pinned: ranks are now compared with these weights.");
    this.render();
    this.tell();
  }

  choose(i) {
    this.chosen = i;
    this.render();
    this.tell();
  }

  history(step) {
    if (!this.can[step < 0 ? "undo" : "redo"]) return;
    this.hand.settle();
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

  commit() {
    if (this.autosort) this.sort();
    this.told.edits += 1;
    this.tell();
  }

  tell() {
    this.told.sent += 1;
    this.send({
      told: { ...this.told },
      weights: this.hand.weights,
      pinned: this.pinned,
      hold: this.holds,
      locked: this.hand.locked,
      chosen: this.chosen === null ? null : this.data.reps[this.chosen].id,
    });
  }

  stop() {
    this.hand.settle();
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
