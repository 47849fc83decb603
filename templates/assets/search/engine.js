// Search with the same exports as pagefind.js: search, debouncedSearch, preload, filters, options, init, destroy.
// It cuts the query, lets workers run Pagefind over the shards, and shows results from the text that people read.

import { codedUnits, letter, spaced, units, VERSION } from "./tokens.js";
import { build } from "./excerpt.js";

const ROOT = new URL("../../", import.meta.url);
const settings = { bundle: new URL("pagefind/", ROOT).href, base: ROOT.href, highlightParam: null, excerptLength: 90 };

/* ── query ── */
const QUOTES = /[“”„‟«»〝〞〟＂]/g;

/** `a "b c" -d` → phrases. Words are joined by AND; quotes keep spaces in a phrase; a minus excludes. */
export function parse(query) {
  const phrases = [];
  for (const match of query.replace(QUOTES, '"').matchAll(/([-‐−－]?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
    const raw = (match[2] ?? match[3]).trim();
    const list = units(raw.replace(/\s+/g, " "));
    // A minus alone, or glued to what stands before it, is text.
    const not = match[1] !== "" && list.length > 0 && (match.index === 0 || /\s/.test(query[match.index - 1]));
    const kept = match[1] && !not ? units(match[1] + raw) : list;
    if (kept.length) phrases.push({ raw, not, quoted: match[2] !== undefined, units: kept });
  }
  return phrases;
}

/** What the worker needs of a phrase. */
function plan(phrase) {
  const list = phrase.units, wanted = { not: phrase.not, quoted: phrase.quoted, spaced: spacedWords(phrase.raw) };
  if (list.length === 1) return { ...wanted, letter: letter(list[0].v) };
  const words = codedUnits(list).slice(0, -1).map((word, at) => [word, at]);
  return { ...wanted, words, units: list.map(({ v, b }) => ({ v, b })) };
}
/** A phrase as Pagefind's own words: lower case, without marks and punctuation; runs of characters are coded. */
function spacedWords(raw) {
  const words = [], pieces = spaced(raw);
  pieces.forEach((piece, i) => {
    if (!piece.c) words.push(plainWord(piece.t));
    // The last word of a run says that the run ends there: a query cannot know.
    else if (!piece.t.endsWith("0")) words.push(piece.t);
    else if (!pieces[i - 1]?.c) words.push(piece.t.slice(0, -1));
  });
  return words.filter(Boolean);
}
const plainWord = (word) => word.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/* ── workers: one for each of Pagefind's programs that the site needs ── */
let pool;
function spawn() {
  const worker = new Worker(new URL("worker.js", import.meta.url));
  const waiting = new Map();
  let last = 0;
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    data.error === undefined ? resolve(data.value) : reject(new Error(data.error));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { reject } of waiting.values()) reject(new Error("the search worker failed"));
    waiting.clear();
  };
  const call = (name, ...args) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      worker.postMessage({ id: last, call: name, args });
    });
  return { call, stop: () => worker.terminate() };
}
async function open() {
  const first = spawn();
  try {
    const about = await first.call("start", settings.bundle, null);
    if (about.tokens !== VERSION) throw new Error("the index was made for another version of this page");
    const others = about.others.map(spawn);
    await Promise.all(others.map((worker, i) => worker.call("start", settings.bundle, about.others[i])));
    return { about, workers: [first, ...others] };
  } catch (error) {
    first.stop();
    throw error;
  }
}
function ready() {
  // A failed start is tried again by the next search: the reader may be back on line.
  pool ??= open().catch((error) => {
    pool = undefined;
    throw error;
  });
  return pool;
}
const everyone = async (name, ...args) => Promise.all((await ready()).workers.map((worker) => worker.call(name, ...args)));

/* ── results ── */
const fragments = new Map();
async function unpack(response) {
  const packed = new Uint8Array(await response.arrayBuffer());
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
function fragment(id) {
  if (!fragments.has(id)) {
    const loading = fetch(`${settings.bundle}fragment/${id}.pf_fragment`).then(async (response) => {
      if (!response.ok) throw new Error(`fragment: ${response.status}`);
      return JSON.parse(new TextDecoder().decode((await unpack(response)).subarray(12)));
    });
    loading.catch(() => fragments.delete(id));
    fragments.set(id, loading);
  }
  return fragments.get(id);
}
function dress(hit, phrases) {
  if (hit.page) fragments.set(hit.id, Promise.resolve(hit.page));
  let made;
  const data = async () => {
    const page = await fragment(hit.id);
    return build(page, hit, phrases, settings);
  };
  return { id: hit.id, score: hit.score, words: hit.words ?? [], data: () => (made ??= data()) };
}

/** {facet: value | [value…] | {any: [value…]}} → {facet: [value…]} */
function chosen(filters = {}) {
  const out = {};
  for (const [facet, value] of Object.entries(filters)) {
    const values = [value?.any ?? value].flat().filter((item) => typeof item === "string");
    if (values.length) out[facet] = values;
  }
  return out;
}
function order(sort) {
  if (typeof sort === "string") return sort;
  return { desc: "newest", asc: "oldest" }[sort?.date] ?? "relevance";
}
function add(totals, more) {
  for (const [facet, values] of Object.entries(more))
    for (const [value, n] of Object.entries(values)) (totals[facet] ??= {})[value] = (totals[facet][value] ?? 0) + n;
  return totals;
}

const EMPTY = { results: [], unfilteredResultCount: 0, filters: {}, totalFilters: {} };

/**
 * Search. `query` null finds every page (with filters); options: {filters, sort: {date: "desc" | "asc"}, facets: [names]}.
 * A query that finds nothing is tried again more loosely: `loose` says how the answer was reached.
 */
export async function search(query, options = {}) {
  const started = performance.now(), text = query === null || query === undefined ? null : String(query);
  const phrases = text === null ? [] : parse(text);
  const filters = chosen(options.filters);
  if (text !== null && !phrases.some((phrase) => !phrase.not)) return { ...EMPTY, timings: timings(started) };
  const asked = { filters, sort: order(options.sort), counts: options.facets ?? [] };
  let used = phrases, answer = await run(phrases, asked), loose = false;
  if (!answer.results.length && phrases.length) {
    for (const attempt of looser(phrases)) {
      answer = await run(attempt, asked);
      if (answer.results.length) {
        used = attempt;
        loose = true;
        break;
      }
    }
  }
  return {
    results: answer.results.map((hit) => dress(hit, used)),
    unfilteredResultCount: answer.results.length,
    filters: answer.filters,
    totalFilters: answer.filters,
    loose,
    timings: timings(started),
  };
}
const timings = (started) => ({ preload: 0, search: performance.now() - started, total: performance.now() - started });

async function run(phrases, asked) {
  const answers = await everyone("search", { phrases: phrases.map(plan) }, asked);
  const results = answers.flatMap((answer) => answer.results);
  if (answers.length > 1) results.sort(ORDERS[asked.sort]);
  return { results, filters: answers.reduce((totals, answer) => add(totals, answer.filters), {}) };
}
const ORDERS = {
  relevance: (a, b) => b.title - a.title || b.shown - a.shown || b.score - a.score || b.rank - a.rank,
  newest: (a, b) => b.rank - a.rank,
  oldest: (a, b) => a.rank - b.rank,
};

/** Whether a unit stands between a number and what is counted. */
const counts = (list, i) => /[ケカか箇]/.test(list[i].v) && /[0-9十百千数何]/.test(list[i - 1]?.v ?? "") && /[月所国年条村町]/.test(list[i + 1]?.v ?? "");

/** Second tries: without punctuation at the ends, without a last long-vowel mark, with か in its other forms. */
function* looser(phrases) {
  const change = (edit) => {
    const next = phrases.map((phrase) => ({ ...phrase, units: edit(phrase.units) }));
    return next.every((p) => p.units.length) && next.some((p, i) => p.units.length !== phrases[i].units.length) ? next : null;
  };
  const marks = /^[\p{P}\p{S}\s]$/u;
  const trimmed = change((list) => {
    let from = 0, to = list.length;
    while (from < to && marks.test(list[from].v)) from++;
    while (to > from && marks.test(list[to - 1].v)) to--;
    return list.slice(from, to);
  });
  if (trimmed) yield trimmed;
  const shorter = change((list) => (list.length > 2 && list.at(-1).v === "ー" ? list.slice(0, -1) : list));
  if (shorter) yield shorter;
  // 一か月, 一ヶ月, 一カ月, 一箇月
  for (const letter of "ケカか箇") {
    const counted = phrases.map((phrase) => ({ ...phrase, units: phrase.units.map((unit, i, all) => (counts(all, i) ? { ...unit, v: letter } : unit)) }));
    if (phrases.some((phrase) => phrase.units.some((_, i, all) => counts(all, i)))) yield counted;
  }
  const bare = change((list) => list.filter((unit) => !marks.test(unit.v)));
  if (bare) yield bare;
}

let turn = 0;
/** Like search, after a pause; null when a later call came in between. */
export async function debouncedSearch(query, options = {}, pause = 200) {
  const mine = ++turn;
  if (query) preload(query).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, pause));
  if (mine !== turn) return null;
  const answer = await search(query, options);
  return mine === turn ? answer : null;
}
export async function preload(query) {
  const phrases = parse(String(query));
  if (phrases.length) await everyone("preload", { phrases: phrases.map(plan) });
}
/** Pages a value of the named facets (all of them when none is named), over the whole site. */
export async function filters(names) {
  const { about } = await ready();
  const answers = await everyone("facets", names ?? Object.keys(about.filters));
  return answers.reduce(add, {});
}
/** What there is: number of pages and the size in bytes of every facet's file. */
export async function about() {
  return (await ready()).about;
}
/** Bytes and files of the index that were loaded so far, without result texts. */
export async function traffic() {
  const all = await everyone("traffic");
  return all.reduce((sum, one) => ({ bytes: sum.bytes + one.bytes, count: sum.count + one.count }), { bytes: 0, count: 0 });
}
export async function init() {
  await ready();
}
export async function options(given = {}) {
  const known = { baseUrl: "base", bundlePath: "bundle", basePath: "bundle" };
  for (const [name, value] of Object.entries(given)) {
    if (name in known) settings[known[name]] = new URL(value, document.baseURI).href;
    else if (name in settings) settings[name] = value;
  }
}
export async function destroy() {
  const opened = pool;
  pool = undefined;
  for (const worker of (await opened?.catch(() => null))?.workers ?? []) worker.stop();
}
