// Reps as bars that are picked by a click or the space key, so many at most.
function row(rep, longest, toggle) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.addEventListener("change", toggle);
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = rep.name;
  name.title = rep.name;
  const bar = document.createElement("span");
  bar.className = "bar";
  bar.style.setProperty("--share", `${Math.max((100 * rep.amount) / longest, 0.5)}%`);
  const said = document.createElement("span");
  said.className = "said";
  said.textContent = rep.said;
  label.append(box, name, bar, said);
  return { label, box };
}

class Picker {
  constructor(root) {
    this.root = root;
    this.content = "";
  }

  receive(data, send) {
    this.send = send;
    const content = JSON.stringify([data.reps, data.most, data.words]);
    if (content === this.content) return;
    this.content = content;
    this.data = data;
    this.picked = new Set(data.picked);
    this.build();
    this.show();
  }

  build() {
    const title = document.createElement("div");
    title.className = "title";
    const what = document.createElement("span");
    what.textContent = this.data.words.title;
    this.left = document.createElement("strong");
    this.left.setAttribute("role", "status");
    title.append(this.left, what);
    const list = document.createElement("div");
    list.className = "reps";
    const longest = Math.max(...this.data.reps.map((rep) => rep.amount), 1);
    this.rows = this.data.reps.map((rep, place) => row(rep, longest, () => this.toggle(place)));
    list.append(...this.rows.map((each) => each.label));
    this.root.replaceChildren(title, list);
  }

  toggle(place) {
    if (this.picked.has(place)) this.picked.delete(place);
    else if (this.picked.size < this.data.most) this.picked.add(place);
    this.show();
    this.send([...this.picked].sort((a, b) => a - b));
  }

  show() {
    const left = this.data.most - this.picked.size;
    this.left.textContent = this.data.words.left.replace("{n}", String(left));
    this.rows.forEach(({ label, box }, place) => {
      const is = this.picked.has(place);
      box.checked = is;
      box.disabled = !is && left === 0;
      label.className = is ? "picked" : left === 0 ? "full" : "";
    });
  }
}

const pickers = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".play");
  if (!pickers.has(root)) pickers.set(root, new Picker(root));
  pickers.get(root).receive(data, (picked) => setStateValue("picked", picked));
}
