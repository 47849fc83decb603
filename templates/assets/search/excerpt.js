// Where a phrase stands in a text, and what a result shows of it. Text in, data out: the page decides on elements.

import { spaced, units } from "./tokens.js";

/** Ranges of units [from, to) that hold the phrase. */
export function findAll(list, phrase) {
  const found = [], wanted = phrase.units;
  for (let at = 0; at + wanted.length <= list.length; at++) {
    let same = 0;
    while (same < wanted.length && list[at + same].v === wanted[same].v && list[at + same].b === list[at].b) same++;
    if (same === wanted.length) found.push([at, at + wanted.length]);
  }
  return found;
}

/** Where the phrase begins in a text, as positions in the index: there every line that has a word ends with one more. */
export function placesIn(text, phrase) {
  const list = units(text), gaps = [];
  list.forEach((unit, i) => gaps.push(i && (gaps[i - 1] + (unit.b === list[i - 1].b ? 0 : 1))));
  return new Set(findAll(list, phrase).map(([at]) => at + gaps[at]));
}

/** Character ranges [start, end) of all phrases in a text, in order, overlapping ones merged. */
export function ranges(list, phrases) {
  const all = phrases.flatMap((phrase) => findAll(list, phrase)).map(([a, b]) => [list[a].s, list[b - 1].e]);
  return merge(all);
}
export function merge(all) {
  const out = [];
  for (const [start, end] of all.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (out.length && start <= out.at(-1)[1]) out.at(-1)[1] = Math.max(end, out.at(-1)[1]);
    else out.push([start, end]);
  }
  return out;
}

const SENTENCE = /[。．！？!?\n](?:[」』）)”"]*)\s*|\.\s+/g;

/** Where to cut: a stretch of about `length` characters with the most matches, from the start of a sentence. */
function cut(text, spans, length) {
  if (!spans.length) return [0, Math.min(text.length, length)];
  let best = 0, most = 0;
  spans.forEach(([start], i) => {
    const within = spans.filter(([s, e]) => s >= start && e <= start + length * 0.75).length;
    if (within > most) [best, most] = [i, within];
  });
  const [first] = spans[best];
  let start = 0;
  for (const match of text.matchAll(SENTENCE)) {
    const next = match.index + match[0].length;
    if (next > first) break;
    start = next;
  }
  if (first - start > length * 0.6) {
    // A long sentence is entered at a comma, or at least not far before the match.
    start = Math.max(start, first - Math.floor(length * 0.4));
    const comma = text.slice(start, first).search(/[、，,；;：:\s]/);
    if (comma >= 0) start += comma + 1;
  }
  return [start, Math.min(text.length, Math.max(start + length, spans[best][1]))];
}

/** [{text, mark}] of a stretch of the text, with … where it was cut inside a sentence. */
export function excerpt(text, spans, length) {
  const [start, end] = cut(text, spans, length), parts = [];
  const put = (piece, mark) => {
    const clean = piece.replace(/\s*\n\s*/g, " ");
    if (clean) parts.push({ text: clean, mark });
  };
  const before = text.slice(0, start);
  if (start > 0 && !/[。．！？!?\n」』）)]\s*$|\.\s+$/.test(before)) put("…", false);
  let at = start;
  for (const [s, e] of spans) {
    if (e <= at || s >= end) continue;
    put(text.slice(at, Math.max(at, s)), false);
    put(text.slice(Math.max(at, s), Math.min(e, end)), true);
    at = Math.min(e, end);
  }
  put(text.slice(at, end), false);
  if (end < text.length) put("…", false);
  return parts;
}

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const asHtml = (parts) => parts.map((part) => (part.mark ? `<mark>${escape(part.text)}</mark>` : escape(part.text))).join("");
const asText = (parts) => parts.map((part) => part.text).join("");

/** A result as pagefind.js would give it, plus `parts` (excerpts as data) and `titleParts`. */
export function build(page, hit, phrases, settings) {
  const wanted = phrases.filter((phrase) => !phrase.not);
  const lines = page.content.split("\n"), starts = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  const spans = hit.kind === "coded" ? ranges(units(page.content), wanted) : spacedRanges(page.content, hit.words ?? [], wanted);
  const titleEnd = page.meta.title.length;
  const body = spans.filter(([start]) => start > titleEnd);
  const address = (anchor) => withHighlight(page.url, anchor, wanted, settings);
  const headings = page.anchors.filter((anchor) => anchor.id);
  const sections = [{ id: "", text: page.meta.title, start: titleEnd + 1 }, ...headings.map((a) => ({ ...a, start: starts[a.location] }))];
  const subs = sections.map((section, i) => {
    const end = (sections[i + 1]?.start ?? page.content.length + 1) - 1;
    // The heading's own line is shown as the heading, not again in the excerpt.
    const from = section.id ? Math.min(end, section.start + section.text.length + 1) : section.start;
    const here = body.filter(([s]) => s >= section.start && s < end);
    if (!here.length) return null;
    const inside = here.filter(([s]) => s >= from).map(([s, e]) => [s - from, e - from]);
    const parts = excerpt(page.content.slice(from, Math.max(from, end)), inside, settings.excerptLength);
    return { title: section.text, url: address(section.id), anchor: section.id || undefined, count: here.length, parts, excerpt: asHtml(parts), plain_excerpt: asText(parts) };
  }).filter(Boolean);
  const rest = page.content.slice(titleEnd + 1);
  const parts = body.length
    ? [...subs].sort((a, b) => b.count - a.count)[0].parts
    : excerpt(rest, [], settings.excerptLength);
  const titleSpans = spans.filter(([start]) => start < titleEnd).map(([s, e]) => [s, Math.min(e, titleEnd)]);
  return {
    ...page,
    raw_url: page.url,
    url: address(""),
    parts,
    titleParts: excerpt(page.meta.title, titleSpans, page.meta.title.length),
    excerpt: asHtml(parts),
    plain_excerpt: asText(parts),
    sub_results: subs,
    locations: hit.words ?? [],
    weighted_locations: [],
    score: hit.score,
  };
}

/** Word positions that Pagefind found, as character ranges; runs of coded characters by their text. */
function spacedRanges(text, positions, wanted) {
  const words = text.split("\n").reduce((all, line) => {
    for (const word of spaced(line)) all.list.push({ s: word.s + all.at, e: word.e + all.at });
    all.at += line.length + 1;
    return all;
  }, { list: [], at: 0 }).list;
  const found = positions.filter((p) => words[p]).map((p) => [words[p].s, words[p].e]);
  const inside = wanted.filter((phrase) => phrase.units.length > 1 && phrase.units.some((u) => u.v > "\u2e7f"));
  return merge([...found, ...ranges(units(text), inside)]);
}

/** The address of a result, under the site's base, with the phrases to mark on the page when that is wanted. */
function withHighlight(url, anchor, phrases, settings) {
  const address = new URL(url.replace(/^\//, ""), settings.base);
  if (settings.highlightParam) for (const phrase of phrases) address.searchParams.append(settings.highlightParam, phrase.raw);
  if (anchor) address.hash = anchor;
  return address.pathname + address.search + address.hash;
}
