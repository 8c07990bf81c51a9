// How one rep's score is made: value → points → share → contribution, adding up to the score while the hand moves.
import { figure, percent } from "./controls.js";
import { contributionsOf } from "./scores.js";

export class Drill {
  constructor(root, close) {
    this.place = root.querySelector(".drill");
    this.close = close;
  }

  /** `i` is the chosen rep or null; `above` keeps the panel off a row in the lower half. */
  show(board, live, weights, i, above) {
    this.place.hidden = i === null;
    this.place.classList.toggle("above", above);
    if (i === null) return;
    const rep = board.reps[i];
    const { shares, parts } = contributionsOf(rep.points, weights, board.rules);
    const head = element("div", "drill-head", [
      element("strong", "", rep.name),
      element("span", "", live.ranks[i] === null ? "no score" : `rank ${live.ranks[i]} by score`),
      element(
        "span",
        "",
        live.goalRanks[i] === null ? "" : `rank ${live.goalRanks[i]} by ${board.goal.label} (${rep.goalText})`,
      ),
      this.button(),
    ]);
    const body = board.kpis.map((kpi, k) => this.line(kpi, rep, k, weights, shares, parts));
    const total = element("tr", "sum", [
      element("th", "", "Score"),
      element("td"),
      element("td"),
      element("td", "", percent(shares.reduce((sum, share) => sum + share, 0))),
      element("td", "", live.scores[i] === null ? "–" : live.scores[i].toFixed(2)),
    ]);
    const titles = ["KPI", "value", "points", "share", "brings"].map((text) => element("th", "", text));
    this.place.replaceChildren(
      head,
      element("table", "", [element("thead", "", [element("tr", "", titles)]), element("tbody", "", [...body, total])]),
    );
  }

  line(kpi, rep, k, weights, shares, parts) {
    const name = element("th", "", kpi.name);
    name.style.setProperty("--kpi", kpi.color);
    const missing = rep.points[k] === null;
    return element("tr", weights[k] ? "" : "off", [
      name,
      element("td", "", rep.values[k]),
      element("td", "", missing ? "missing" : figure(rep.points[k])),
      element("td", "", weights[k] ? percent(shares[k]) : "off"),
      element("td", "", parts[k].toFixed(2)),
    ]);
  }

  button() {
    const button = element("button", "close", "×");
    button.type = "button";
    button.setAttribute("aria-label", "Close");
    button.addEventListener("click", this.close);
    return button;
  }
}

// Text goes in as text, never as markup.
function element(tag, name = "", content = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}
