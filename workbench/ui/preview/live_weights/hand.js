// The hand on the weights: drags, steps, locks and a held total become new weights, and changes when the hand lets go.
import { moveNotice, totalNotice } from "./notices.js";
import { changes, equal, move, scaleTo } from "./weights.js";

const HELD = 100;
const NEARLY = 0.05;
const PAUSE_MS = 350; // steps by key or button within this time are one change

export class Hand {
  /** `on` has: show() after every move, say(words), change() when a change is complete, idle() when a drag moved nothing. */
  constructor(on) {
    this.on = on;
    this.weights = null;
    this.kpis = [];
    this.locked = [];
    this.hold = false;
    this.drawn = null;
    this.timer = 0;
    this.run = null; // moves of one weight after another: where all stood before, and where they were left
  }

  /** Whether a change is under way, so that what Python says must wait. */
  get busy() {
    return Boolean(this.drawn || this.timer);
  }

  adopt(kpis) {
    this.kpis = kpis;
    this.locked = kpis.map((_, k) => this.locked[k] ?? false);
  }

  grab() {
    if (this.drawn) return;
    this.settle();
    this.drawn = [...this.weights];
  }

  drag(k, value) {
    if (!this.drawn) this.grab();
    this.moveFrom(this.drawn, k, value);
    this.on.show();
  }

  release() {
    if (!this.drawn) return;
    const start = this.drawn;
    this.drawn = null;
    if (changes(start, this.weights).length) this.on.change();
    else this.on.idle();
  }

  // A step by key or button: shown at once, told to Python when the steps pause.
  jump(k, value) {
    if (value === null) return this.on.show();
    this.moveFrom(this.weights, k, Math.min(Math.max(value, 0), 1000));
    this.on.show();
    return this.soon();
  }

  moveFrom(start, k, value) {
    const from = this.startOf(start, k);
    const { weights, note } = move(from, k, value, this.locked, this.hold ? HELD : null);
    this.weights = weights;
    this.run = { k, from, left: weights };
    this.on.say(moveNotice(note, changes(start, weights, k), this.kpis, HELD));
  }

  // Up and back again gives the old weights exactly: one weight's moves all start from where the others stood at first.
  startOf(start, k) {
    const goesOn = this.run?.k === k && !changes(this.run.left, this.weights).length;
    return goesOn && this.hold ? this.run.from : start;
  }

  /** Hold the total from the start where it is what a total should be, unless that was switched off (`hold` false). */
  begin(weights, hold, locked) {
    this.weights = weights;
    this.locked = weights.map((_, k) => locked?.[k] ?? false);
    this.hold = hold !== false && Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - HELD) < NEARLY;
  }

  /** Put all weights at once. */
  all(weights, words) {
    this.settle();
    const moved = changes(this.weights, weights).length;
    this.weights = [...weights];
    this.on.say(words);
    this.on.show();
    if (moved) this.on.change();
  }

  equal() {
    const kept = this.locked.some(Boolean) ? " Locked ones stay." : "";
    const valueless = this.kpis.map((kpi) => !kpi.measurable);
    const without = this.kpis.filter((_, k) => valueless[k] && !this.locked[k]).map((kpi) => kpi.name);
    const get = without.length > 1 ? "get" : "gets";
    const none = without.length ? ` ${without.join(", ")} cannot be measured yet and ${get} no weight.` : "";
    this.all(equal(this.weights, this.locked, this.hold ? HELD : null, valueless), `Equal weights.${kept}${none}`);
  }

  keepTotal(on) {
    this.hold = on;
    this.run = null;
    const after = on ? scaleTo(this.weights, this.locked, HELD) : this.weights;
    this.all(after, on ? totalNotice(changes(this.weights, after), this.kpis, HELD) : "");
  }

  lock(k) {
    this.locked[k] = !this.locked[k];
    this.run = null;
    this.on.show();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), PAUSE_MS);
  }

  /** Complete what was begun by steps. */
  settle() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.on.change();
  }
}
