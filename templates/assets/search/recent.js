// Recent searches: kept in this browser, and only if the reader asks for it.

import { el, t } from "./strings.js";

const WANTED = "search-keep-recent", LIST = "search-recent", MOST = 8;

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};
const write = (key, value) => {
  try {
    value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is kept then.
  }
};

export class Recent {
  constructor(root, choose) {
    Object.assign(this, { root, choose });
  }
  get list() {
    const kept = read(LIST);
    return Array.isArray(kept) ? kept.filter((query) => typeof query === "string") : [];
  }
  add(query) {
    if (!query || read(WANTED) !== true) return;
    write(LIST, [query, ...this.list.filter((old) => old !== query)].slice(0, MOST));
  }
  hide() {
    if (this.root) this.root.hidden = true;
  }
  draw() {
    if (!this.root) return;
    const wanted = read(WANTED) === true, list = wanted ? this.list : [];
    const box = el("input", { type: "checkbox", checked: wanted });
    box.addEventListener("change", () => {
      write(WANTED, box.checked ? true : null);
      if (!box.checked) write(LIST, null);
      this.draw();
      this.root.querySelector("input").focus();
    });
    const parts = [];
    if (list.length) {
      const forget = el("button", { type: "button", className: "all" }, t("forget"));
      forget.addEventListener("click", () => {
        write(LIST, null);
        this.draw();
        this.root.querySelector("input").focus();
      });
      const items = list.map((query) => {
        const again = el("button", { type: "button", className: "chip" }, query);
        again.addEventListener("click", () => this.choose(query));
        return el("li", {}, again);
      });
      parts.push(el("p", { className: "sd-count" }, t("recent"), " ", forget), el("ul", { className: "chips" }, ...items));
    }
    this.root.replaceChildren(...parts, el("label", { className: "opt" }, box, t("keep_recent")));
    this.root.hidden = false;
  }
}
