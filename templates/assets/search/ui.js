// The search box, its results and its filters: in the dialog, and on the search page (which adds the address).
// Results are links; arrow keys move real focus over them.

import * as engine from "./engine.js";
import { counted, day, el, labelled, learn, marked, t } from "./strings.js";
import { Filters } from "./filters.js";
import { Recent } from "./recent.js";

const PAUSE = 120, AT_ONCE = 10, SUBS = 3, SLOW = 400;

export function mount(root, options = {}) {
  return new View(root, options);
}

class View {
  constructor(root, { onState = () => {}, waits = false } = {}) {
    const one = (name) => root.querySelector(`[data-search-${name}]`);
    Object.assign(this, {
      root, onState, input: one("input"), form: one("form"), hits: one("hits"), status: one("status"),
      tools: one("tools"), start: one("start"), note: one("note"), page: one("page"), dialog: root.localName === "dialog",
    });
    this.turn = 0;
    this.shown = AT_ONCE;
    this.sort = "relevance";
    this.filters = new Filters(one("filters"), () => this.refresh());
    this.recent = new Recent(one("recent"), (query) => this.set({ q: query }));
    this.listen();
    this.drawTools();
    engine.options({ highlightParam: "highlight" });
    this.load();
    if (waits) return; // for its first state, which comes at once
    if (this.input.value) this.refresh();
    else this.idle();
  }
  /** What there is to read without a search. */
  begin(shown) {
    if (!this.start) return;
    this.start.hidden = !shown;
    document.documentElement.classList.remove("asked");
  }
  /** Facets are known only once the index is open: count again what was found before. */
  load() {
    this.filters.load().then((news) => news && this.refresh()).catch(() => this.fail());
  }

  listen() {
    const { input, form, root } = this;
    input.addEventListener("input", (event) => {
      // A word that an input method is still composing is no word yet.
      if (!event.isComposing) this.later();
    });
    input.addEventListener("compositionend", () => this.later());
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.recent.add(input.value.trim());
      this.go();
    });
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => {
      if (this.dialog && (event.target === root || event.target.closest("[data-search-close]"))) root.close();
      if (event.target.closest("a.hit")) this.recent.add(input.value.trim());
    });
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (this.dialog && event.key === "Escape") {
      // A search field would only be emptied.
      event.preventDefault();
      this.root.close();
      return;
    }
    const links = [...this.hits.querySelectorAll("a.hit")], at = links.indexOf(document.activeElement);
    const target = {
      ArrowDown: at >= 0 || event.target === this.input ? links[Math.min(at + 1, links.length - 1)] : null,
      ArrowUp: at >= 0 ? links[at - 1] ?? this.input : null,
      Home: at >= 0 ? links[0] : null,
      End: at >= 0 ? links.at(-1) : null,
    }[event.key];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (target && plain) {
      event.preventDefault();
      target.focus();
      target.scrollIntoView?.({ block: "nearest" });
    } else if (at >= 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.input.focus();
    }
  }

  /* ── state ── */
  get state() {
    return { q: this.input.value.trim(), filters: this.filters.chosen, sort: this.sort };
  }
  set({ q, filters, sort }) {
    if (q !== undefined) this.input.value = q;
    if (filters) this.filters.choose(filters);
    if (sort) {
      this.sort = sort;
      this.drawTools();
    }
    this.refresh();
  }
  later() {
    clearTimeout(this.timer);
    const query = this.input.value.trim();
    if (query) engine.preload(query).catch(() => {});
    this.timer = setTimeout(() => this.refresh(), PAUSE);
  }
  /** Move to the first result, once there is one. */
  async go() {
    clearTimeout(this.timer);
    await (this.last?.query === JSON.stringify(this.state) ? this.last.done : this.refresh());
    this.hits.querySelector("a.hit")?.focus();
  }

  refresh() {
    clearTimeout(this.timer);
    this.shown = AT_ONCE;
    const done = this.search();
    this.last = { query: JSON.stringify(this.state), done };
    return done;
  }

  async search() {
    const mine = ++this.turn, { q, filters, sort } = this.state;
    this.onState(this.state);
    this.link();
    if (!q && !Object.keys(filters).length) return this.idle();
    const slow = setTimeout(() => mine === this.turn && (this.status.textContent = t("working")), SLOW);
    try {
      const answer = await engine.search(q || null, { filters, sort, facets: this.filters.wanted });
      learn((await engine.about()).labels);
      if (mine !== this.turn) return undefined;
      this.answer = answer;
      await this.draw(mine);
      if (mine === this.turn) this.filters.draw(answer.filters);
    } catch {
      if (mine === this.turn) this.fail();
    } finally {
      clearTimeout(slow);
    }
    return undefined;
  }

  /** The dialog's link to the search page keeps the query. */
  link() {
    if (!this.page) return;
    const { q, filters, sort } = this.state, address = new URL(this.page.getAttribute("href"), document.baseURI);
    address.search = query({ q, filters, sort }).toString();
    this.page.href = address.href;
  }

  /* ── what is shown ── */
  idle() {
    this.turn++;
    this.hits.replaceChildren();
    this.status.textContent = t("hint");
    this.more?.remove();
    if (this.note) this.note.hidden = true;
    this.begin(true);
    if (this.tools) this.tools.hidden = true;
    this.recent.draw();
    this.filters.total().catch(() => this.fail());
  }

  fail() {
    const { q, filters } = this.state;
    this.more?.remove();
    this.begin(true);
    if (this.start && !q && !Object.keys(filters).length) {
      // Nothing was asked: what stands there stays where it is.
      this.status.textContent = t("failed");
      return;
    }
    this.recent.hide();
    const lists = this.root.dataset.lists;
    const again = el("button", { type: "button", className: "btn" }, t("retry"));
    again.addEventListener("click", () => {
      this.load();
      this.refresh();
    });
    this.status.textContent = t("failed");
    // Where results would stand: a taller line above them would push them down.
    const ways = el("p", { className: "acts" }, again, ...(lists ? [el("a", { className: "btn", href: lists }, t("lists"))] : []));
    this.hits.replaceChildren(el("li", { className: "empty" }, el("b", {}, t("failed")), ways));
  }

  async draw(mine) {
    const { results, loose } = this.answer, { q } = this.state;
    const data = await Promise.all(results.slice(0, this.shown).map((result) => result.data()));
    if (mine !== this.turn) return;
    this.begin(!results.length);
    this.recent.hide();
    if (this.tools) this.tools.hidden = results.length < 2;
    if (this.note) {
      this.note.hidden = !(loose && results.length);
      this.note.textContent = loose ? t("loose") : "";
    }
    this.more?.remove();
    if (!results.length) {
      const what = q ? t("none", { q }) : t("none_filters");
      this.status.textContent = what;
      this.hits.replaceChildren(el("li", { className: "empty" }, el("b", {}, what), t("widen")));
      return;
    }
    this.status.textContent = counted("results", results.length);
    this.hits.replaceChildren(...data.map((page) => this.row(page)));
    if (results.length > this.shown) this.drawMore();
  }

  row(page) {
    const { kind, date, sources, lang } = page.meta;
    // Kind and date are the page's own words, inside a link whose words are the document's.
    const where = el("span", { className: "where", lang: document.documentElement.lang, dir: "ltr" });
    for (const words of [kind && labelled("kind", kind), date && day(date)]) if (words) where.append(el("span", {}, words));
    if (sources) where.append(el("span", { lang, dir: "auto" }, sources));
    const subs = page.sub_results.filter((sub) => sub.anchor);
    // What stands under a heading is shown there, not twice.
    const lead = page.sub_results.find((sub) => !sub.anchor)?.parts ?? (subs.length ? [] : page.parts);
    const item = el("li", {}, this.hit(page.url, page.meta.lang, [
      where,
      el("strong", {}, ...(page.meta.title ? marked(page.titleParts) : [t("title_untitled")])),
      el("span", { className: "ex" }, ...marked(lead)),
    ]));
    if (subs.length) {
      item.append(el("ul", { className: "subs" }, ...subs.slice(0, SUBS).map((sub) => el("li", {}, this.hit(sub.url, page.meta.lang, [
        el("strong", {}, sub.title),
        el("span", { className: "ex" }, ...marked(sub.parts)),
      ])))));
    }
    return item;
  }
  hit(href, lang, children) {
    const link = el("a", { className: "hit", href }, ...children);
    if (lang && lang !== document.documentElement.lang) Object.assign(link, { lang, dir: "auto" });
    return link;
  }

  drawMore() {
    this.more = el("button", { type: "button", className: "btn more" }, t("more"));
    this.more.addEventListener("click", async () => {
      const before = this.hits.children.length;
      this.shown += AT_ONCE;
      try {
        await this.draw(this.turn);
        this.hits.children[before]?.querySelector("a.hit")?.focus();
      } catch {
        this.fail();
      }
    });
    this.hits.after(this.more);
  }

  drawTools() {
    if (!this.tools) return;
    const select = el("select", { id: `${this.root.id || "search"}-sort` });
    for (const name of ["relevance", "newest", "oldest"]) {
      select.append(el("option", { value: name, selected: name === this.sort }, t(`sort_${name}`)));
    }
    select.addEventListener("change", () => {
      this.sort = select.value;
      this.refresh();
    });
    const label = el("label", { htmlFor: select.id }, t("sort"));
    this.tools.replaceChildren(label, select);
  }
}

/** The state of a search as the query of an address. */
export function query({ q, filters, sort }) {
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  for (const [facet, values] of Object.entries(filters)) for (const value of values) params.append(facet, value);
  if (sort && sort !== "relevance") params.set("sort", sort);
  return params;
}
