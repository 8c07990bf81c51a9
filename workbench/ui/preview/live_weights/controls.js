// The weights: one row per KPI with slider, steps, number, lock and share. Reports what the hand does, decides nothing.
import { inkOn } from "./colours.js";
import { asWeight } from "./weights.js";

const LEAST = 0.005;
const STEP_KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
const SIGN_KEYS = { "+": 1, "-": -1, "−": -1 }; // Shift makes the plus on many keyboards, so it does not make it five

/** `on` has: grab(k), drag(k, value), release(), step(k, by), jump(k, value), lock(k). */
export class Controls {
  constructor(root, on) {
    this.root = root;
    this.list = root.querySelector(".kpis");
    this.template = root.querySelector("template#kpi");
    this.on = on;
    this.rows = [];
  }

  build(kpis) {
    this.rows = kpis.map((kpi, k) => this.row(kpi, k));
    this.list.replaceChildren(...this.rows.map((row) => row.item));
    this.list.classList.toggle("many", kpis.length > 7);
    for (const name of ["said", "done"]) {
      const parts = kpis.map((kpi) => {
        const part = document.createElement("i");
        part.style.background = kpi.color;
        part.style.color = inkOn(kpi.color);
        return part;
      });
      this.root.querySelector(`.strip.${name}`).replaceChildren(...parts);
    }
  }

  row(kpi, k) {
    const item = this.template.content.firstElementChild.cloneNode(true);
    const find = (selector) => item.querySelector(selector);
    const row = {
      item,
      range: find("input[type=range]"),
      number: find("input.number"),
      lock: find(".lock"),
      share: find(".share"),
      pin: find(".pin"),
      name: kpi.name,
    };
    item.style.setProperty("--kpi", kpi.color);
    find(".name").textContent = kpi.name;
    find(".name").title = [kpi.name, kpi.note].filter(Boolean).join(": ");
    find(".note").textContent = kpi.note ?? "";
    find(".note").title = kpi.figures ?? "";
    row.range.setAttribute("aria-label", `Weight of ${kpi.name}`);
    row.number.setAttribute("aria-label", `Weight of ${kpi.name}, as a number`);
    item.querySelectorAll("[data-step]").forEach((button) => {
      button.setAttribute("aria-label", `${kpi.name} ${button.textContent}`);
      button.addEventListener("click", () => this.on.step(k, Number(button.dataset.step)));
    });
    row.lock.addEventListener("click", () => this.on.lock(k));
    this.listen(row, k);
    return row;
  }

  listen({ range, number }, k) {
    range.addEventListener("pointerdown", () => this.on.grab(k));
    range.addEventListener("input", () => this.on.drag(k, Math.round(Number(range.value))));
    for (const end of ["change", "pointerup", "pointercancel"]) range.addEventListener(end, () => this.on.release());
    range.addEventListener("keydown", (event) => this.key(event, k, range));
    number.addEventListener("keydown", (event) => {
      if (event.key === "Enter") number.blur();
      else if (event.key === "ArrowUp" || event.key === "ArrowDown") this.key(event, k, range);
    });
    number.addEventListener("change", () => this.on.jump(k, asWeight(number.value)));
  }

  key(event, k, range) {
    const by = STEP_KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (SIGN_KEYS[event.key]) this.on.step(k, SIGN_KEYS[event.key]);
    else if (by !== undefined) this.on.step(k, Math.abs(by) === 1 && event.shiftKey ? 5 * by : by);
    else if (event.key === "Home") this.on.jump(k, 0);
    else if (event.key === "End") this.on.jump(k, Number(range.max));
    else return;
    event.preventDefault();
  }

  /** Draw the state; nothing here touches the slider a hand is on beyond its own value. */
  show({ weights, shares, effective, pinned, locked, hold, undo, redo }) {
    const most = Math.max(100, ...weights.map((weight) => Math.ceil(weight / 50) * 50), ...pinned);
    this.rows.forEach((row, k) => {
      row.range.max = most;
      row.range.value = weights[k];
      row.range.setAttribute("aria-valuetext", `${figure(weights[k])}, ${percent(shares[k])} of the score`);
      row.item.style.setProperty("--at", weights[k] / most);
      row.pin.style.setProperty("--at", pinned[k] / most);
      if (document.activeElement !== row.number && row.number.getRootNode().activeElement !== row.number)
        row.number.value = figure(weights[k]);
      row.share.textContent = weights[k] > 0 ? percent(shares[k]) : "off";
      row.item.classList.toggle("off", weights[k] === 0);
      row.item.classList.toggle("locked", locked[k]);
      row.lock.setAttribute("aria-pressed", String(locked[k]));
      row.lock.setAttribute("aria-label", locked[k] ? `Unlock ${row.name}` : `Lock ${row.name}`);
      row.lock.title = locked[k] ? "Locked: stays as it is" : "Lock this weight";
      row.item.querySelectorAll("input, [data-step]").forEach((input) => {
        input.disabled = locked[k];
      });
    });
    const find = (selector) => this.root.querySelector(selector);
    find(".total").textContent = `total ${figure(weights.reduce((sum, weight) => sum + weight, 0))}`;
    find(".hold").checked = hold;
    find("[data-do=undo]").disabled = !undo;
    find("[data-do=redo]").disabled = !redo;
    find("[data-do=reset]").disabled = weights.every((weight, k) => weight === pinned[k]);
    find("[data-do=pin]").disabled = find("[data-do=reset]").disabled;
    find(".influence").classList.toggle("nominal", effective === undefined);
    this.strip("said", shares);
    const against = this.strip("done", effective ?? null);
    find(".against").textContent = against.length
      ? `${against.join(", ")} ${against.length > 1 ? "pull" : "pulls"} the other way`
      : "";
  }

  strip(name, shares) {
    const strip = this.root.querySelector(`.strip.${name}`);
    const parts = [...strip.children];
    strip.classList.toggle("unknown", shares === null);
    const positive = (shares ?? []).reduce((sum, share) => sum + Math.max(share, 0), 0);
    parts.forEach((part, k) => {
      const share = positive > 0 ? Math.max(shares?.[k] ?? 0, 0) / positive : 0;
      part.style.flexGrow = share;
      part.title = `${this.rows[k].name} ${percent(share)}`;
      part.textContent = share >= 0.08 ? percent(share) : "";
    });
    return parts.flatMap((_, k) => (shares?.[k] < -LEAST ? [this.rows[k].name] : []));
  }
}

export function figure(value) {
  return String(Math.round(value * 10) / 10);
}

export function percent(share) {
  return `${Math.round(share * 100)}%`;
}
