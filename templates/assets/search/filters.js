// Facets as check boxes with counts. Small sites load them at once; on large ones each is loaded when it is opened.

import * as engine from "./engine.js";
import { el, format, labelled, learn, t } from "./strings.js";

export const FACETS = ["source", "person", "organisation", "place", "topic", "kind", "year"];
const AT_ONCE = 24000, FIRST = 8;

export class Filters {
  constructor(root, changed) {
    Object.assign(this, { root, changed, chosen: {}, boxes: new Map(), open: new Set(), whole: new Set() });
  }

  /** Which facets the site has; answers whether that is news. */
  async load() {
    if (!this.root || this.sizes) return false;
    const about = await engine.about();
    this.sizes = about.filters;
    learn(about.labels);
    const all = Object.values(this.sizes).reduce((sum, size) => sum + size, 0);
    for (const facet of FACETS) if (facet in this.sizes && (all <= AT_ONCE || this.chosen[facet])) this.open.add(facet);
    this.frame();
    return true;
  }

  /** The facets whose counts are on show. */
  get wanted() {
    return [...this.open];
  }

  /** What the whole site has, before any query. */
  async total() {
    if (!this.root || !this.sizes || Object.keys(this.chosen).length) return;
    if (this.open.size) this.draw(await engine.filters(this.wanted));
  }

  choose(chosen) {
    this.chosen = Object.fromEntries(Object.entries(chosen).filter(([facet, values]) => FACETS.includes(facet) && values.length));
    for (const facet of Object.keys(this.chosen)) this.open.add(facet);
    if (this.sizes) this.frame();
  }

  /** One fold for every facet. */
  frame() {
    this.root.replaceChildren();
    this.boxes.clear();
    for (const facet of FACETS) {
      if (!(facet in this.sizes)) continue;
      const list = el("fieldset", {}, el("legend", { className: "vh" }, t(`facet_${facet}`)));
      const fold = el("details", { className: "facet", open: this.open.has(facet) }, el("summary", {}, t(`facet_${facet}`)), list);
      fold.addEventListener("toggle", () => {
        if (fold.open === this.open.has(facet)) return;
        this.open[fold.open ? "add" : "delete"](facet);
        if (fold.open) this.changed();
      });
      this.boxes.set(facet, { fold, list });
      this.root.append(fold);
    }
    this.clear = el("button", { type: "button", className: "btn", hidden: true }, t("clear"));
    this.clear.addEventListener("click", () => {
      this.chosen = {};
      this.changed();
      this.root.querySelector("summary")?.focus();
    });
    this.root.append(this.clear);
  }

  draw(counts) {
    if (!this.root || !this.sizes) return;
    for (const [facet, { fold, list }] of this.boxes) {
      if (!this.open.has(facet)) continue;
      const some = this.drawFacet(facet, list, counts[facet] ?? {});
      fold.hidden = !some;
    }
    this.clear.hidden = !Object.keys(this.chosen).length;
  }

  drawFacet(facet, list, values) {
    const picked = new Set(this.chosen[facet] ?? []);
    const entries = Object.entries(values).filter(([value, n]) => n || picked.has(value));
    entries.sort(facet === "year" ? (a, b) => b[0].localeCompare(a[0]) : (a, b) => b[1] - a[1] || labelled(facet, a[0]).localeCompare(labelled(facet, b[0])));
    const all = this.whole.has(facet) || entries.length <= FIRST + 2;
    const shown = entries.filter(([value], i) => all || i < FIRST || picked.has(value));
    const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
    const options = shown.map(([value, n]) => {
      const box = el("input", { type: "checkbox", value, checked: picked.has(value) });
      box.addEventListener("change", () => this.pick(facet, value, box.checked));
      return el("label", { className: "opt" }, box, el("span", {}, labelled(facet, value)), el("span", { className: "n" }, format(n)));
    });
    if (!all) {
      const more = el("button", { type: "button", className: "all" }, t("all_values", { n: entries.length }));
      more.addEventListener("click", () => {
        this.whole.add(facet);
        this.drawFacet(facet, list, values);
        list.querySelectorAll("input")[FIRST]?.focus();
      });
      options.push(more);
    }
    list.replaceChildren(list.querySelector("legend"), ...options);
    // Boxes are made anew after every search: a reader who ticks several stays where they are.
    if (focused !== null) [...list.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
    return entries.length > 0;
  }

  pick(facet, value, on) {
    const values = new Set(this.chosen[facet] ?? []);
    values[on ? "add" : "delete"](value);
    this.chosen = { ...this.chosen, [facet]: [...values] };
    if (!values.size) delete this.chosen[facet];
    this.changed();
  }
}
