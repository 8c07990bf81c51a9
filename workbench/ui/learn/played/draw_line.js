// A line drawn by hand: drag across the field, or move each point by the arrow keys.
const MARKS = 4;
const SVG = "http://www.w3.org/2000/svg";

function element(kind, name, text = "") {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = text;
  return made;
}

class Line {
  constructor(root) {
    this.root = root;
    this.content = "";
  }

  receive(data, send) {
    this.send = send;
    const content = JSON.stringify([data.labels, data.high, data.step, data.words]);
    if (content === this.content) return;
    this.content = content;
    this.data = data;
    this.values = [...data.values];
    this.build();
    this.show();
  }

  build() {
    const { labels, high, step, words } = this.data;
    this.field = element("div", "field");
    for (let i = 0; i <= MARKS; i += 1) {
      const mark = element("div", "mark");
      mark.style.bottom = `${(100 * i) / MARKS}%`;
      mark.append(element("span", "", this.said((high * i) / MARKS)));
      this.field.append(mark);
    }
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 100 100");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    this.drawn = document.createElementNS(SVG, "polyline");
    svg.append(this.drawn);
    this.field.append(svg);
    this.points = labels.map((label, i) => {
      const slider = element("input", "");
      Object.assign(slider, { type: "range", min: 0, max: high, step });
      slider.setAttribute("aria-label", `${label}: ${words.title}`);
      slider.style.left = `${this.across(i) - 2}%`;
      slider.style.width = "4%";
      slider.addEventListener("input", () => this.set(i, Number(slider.value)));
      slider.addEventListener("change", () => this.tell());
      const point = element("div", "point");
      point.style.left = `${this.across(i)}%`;
      point.append(element("b", ""));
      this.field.append(slider, point);
      return { slider, point };
    });
    this.listen();
    const names = element("div", "names");
    names.append(...labels.map((label) => element("span", "", label)));
    this.root.replaceChildren(element("div", "title", words.title), this.field, names);
  }

  across(i) {
    return (100 * (i + 0.5)) / this.data.labels.length;
  }

  listen() {
    const { field } = this;
    field.addEventListener("pointerdown", (event) => {
      field.setPointerCapture(event.pointerId);
      this.drag(event);
    });
    field.addEventListener("pointermove", (event) => event.buttons && this.drag(event));
    field.addEventListener("pointerup", () => this.tell());
  }

  drag(event) {
    const box = this.field.getBoundingClientRect();
    const { labels, high, step } = this.data;
    const place = Math.floor((labels.length * (event.clientX - box.left)) / box.width);
    const share = Math.min(Math.max((box.bottom - event.clientY) / box.height, 0), 1);
    const i = Math.min(Math.max(place, 0), labels.length - 1);
    this.points[i].slider.focus({ preventScroll: true });
    this.set(i, Math.min(Math.round((share * high) / step) * step, high));
  }

  set(i, value) {
    this.values[i] = value;
    this.show();
  }

  show() {
    const { high } = this.data;
    const heights = this.values.map((value) => 100 - (100 * value) / high);
    this.drawn.setAttribute("points", heights.map((y, i) => `${this.across(i)},${y}`).join(" "));
    this.points.forEach(({ slider, point }, i) => {
      slider.value = String(this.values[i]);
      slider.setAttribute("aria-valuetext", this.said(this.values[i]));
      point.style.top = `${heights[i]}%`;
      point.firstChild.textContent = this.said(this.values[i]);
    });
  }

  said(value) {
    const { before, after } = this.data.words;
    const number = value >= 1000 ? `${(value / 1000).toFixed(1)}k` : String(Math.round(value * 10) / 10);
    return `${before}${number}${after}`;
  }

  tell() {
    this.send([...this.values]);
  }
}

const lines = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".play");
  if (!lines.has(root)) lines.set(root, new Line(root));
  lines.get(root).receive(data, (drawn) => setStateValue("drawn", drawn));
}
