// The frame of a slide: keys and buttons become moves, and Python is told how large the window is.
const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", Escape: "close" };
const PATIENCE_MS = 150;
const stages = new WeakMap();

class Stage {
  constructor(root) {
    this.root = root;
    this.room = root.parentElement.querySelector(".room");
    this.find = (selector) => root.querySelector(selector);
    for (const button of root.querySelectorAll("[data-move]"))
      button.addEventListener("click", () => this.move(button.dataset.move));
    this.find(".ask").addEventListener("click", () => this.askForNotes());
    this.onKey = (event) => this.press(event);
    this.onResize = () => {
      clearTimeout(this.resizing);
      this.resizing = setTimeout(() => this.measure(), PATIENCE_MS);
    };
    window.addEventListener("keydown", this.onKey);
    window.addEventListener("resize", this.onResize);
    // What the page before had on top may go only after the frame was measured.
    this.layout = new ResizeObserver(() => this.measure());
    this.layout.observe(root.getRootNode().host?.closest(".stMainBlockContainer") ?? document.body);
  }

  show(data, send) {
    this.send = send;
    this.data = data;
    const fresh = this.find(".sentence").textContent !== data.sentence || this.find(".place").textContent !== data.place;
    this.find(".sentence").textContent = data.sentence;
    this.find(".place").textContent = data.place;
    this.find(".shared").textContent = data.shared;
    this.find(".shared").hidden = !data.shared;
    this.find(".other").textContent = data.other;
    this.find(".other").hidden = !data.other;
    this.find(".ask").hidden = !data.notes;
    if (fresh) this.closeNotes();
    this.measure();
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (KEYS[event.key]) this.move(KEYS[event.key]);
    else if (event.key.toLowerCase() === "n" && this.data.notes) this.askForNotes();
    else return;
    event.preventDefault();
  }

  askForNotes() {
    const notes = this.find(".notes");
    if (!notes.hidden) return this.closeNotes();
    notes.textContent = this.data.notes;
    notes.hidden = false;
  }

  closeNotes() {
    this.find(".notes").hidden = true;
    this.find(".notes").textContent = "";
  }

  move(to) {
    this.send.trigger("move", to);
  }

  measure() {
    const room = this.room.getBoundingClientRect();
    const below = this.root.getBoundingClientRect().bottom - room.top; // the page keeps free what its own header took
    this.room.style.height = `${Math.max(below, 0)}px`;
    const size = [window.innerWidth, window.innerHeight];
    if (String(size) === String(this.size)) return;
    this.size = size;
    this.send.state("window", size);
  }

  stop() {
    clearTimeout(this.resizing);
    this.layout.disconnect();
    window.removeEventListener("keydown", this.onKey);
    window.removeEventListener("resize", this.onResize);
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".stage");
  if (!stages.has(root)) stages.set(root, new Stage(root));
  const stage = stages.get(root);
  stage.show(data, { state: setStateValue, trigger: setTriggerValue });
  return () => {
    if (!root.isConnected) stage.stop();
  };
}
