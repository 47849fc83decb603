// Runs Pagefind's own program over the shards of the index. A classic worker: importScripts makes Pagefind's worker
// script lend us its loader (the global `wasm_bindgen`); its message handler never sees a message of ours.
"use strict";
/* global wasm_bindgen */

const END_OF_WORDS = "\uffff", FOUND = "〇0";
const TITLE_WEIGHT = 150, SHOWN_WEIGHT = 20, TEXT_WEIGHT = 25, LENGTH_STEP = 32, MOST_PLACES = 8, MOST_SCORED = 1500;
// Bytes.
const SIZE_STEP = 2048, WORTH_A_CHECK = 50_000, MOST_CHECKED = 24, TEXT_BYTES = 1500;

self.addEventListener("message", async (event) => {
  event.stopImmediatePropagation();
  const { id, call, args } = event.data;
  try {
    self.postMessage({ id, value: await calls[call](...args) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
});

let base, kinds, files = { bytes: 0, count: 0 };

/* ── files ── */
async function get(path) {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const packed = new Uint8Array(await response.arrayBuffer());
  files.count++;
  files.bytes += packed.length;
  // A server that labels the file as gzip has unpacked it already.
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed.subarray(12);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer()).subarray(12);
}

/* ── CBOR, the little that Pagefind uses ── */
const text = new TextDecoder();
function cborHead(bytes, at) {
  const major = bytes[at] >> 5;
  let value = bytes[at] & 31;
  at++;
  if (value >= 24) {
    const size = 1 << (value - 24);
    value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + bytes[at++];
  }
  return { major, value, at };
}
function cborValue(bytes, at) {
  const head = cborHead(bytes, at);
  if (head.major === 0) return { value: head.value, at: head.at };
  if (head.major === 1) return { value: -1 - head.value, at: head.at };
  if (head.major === 3) {
    const end = head.at + head.value;
    return { value: text.decode(bytes.subarray(head.at, end)), at: end };
  }
  const list = [];
  at = head.at;
  for (let i = 0; i < head.value; i++) {
    const item = cborValue(bytes, at);
    list.push(item.value);
    at = item.at;
  }
  return { value: list, at };
}
function cborSkip(bytes, at) {
  let left = 1;
  while (left--) {
    const first = bytes[at++], major = first >> 5, small = first & 31;
    let value = small;
    if (small >= 24) {
      const size = 1 << (small - 24);
      value = 0;
      for (let i = 0; i < size; i++) value = value * 256 + bytes[at++];
    }
    if (major === 3) at += value;
    else if (major === 4) left += value;
  }
  return at;
}
function cborBytes(value, out = []) {
  const head = (major, n) => {
    if (n < 24) out.push((major << 5) | n);
    else if (n < 256) out.push((major << 5) | 24, n);
    else if (n < 65536) out.push((major << 5) | 25, n >> 8, n & 255);
    else out.push((major << 5) | 26, n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255);
  };
  if (typeof value === "number") value < 0 ? head(1, -1 - value) : head(0, value);
  else if (typeof value === "string") {
    const data = new TextEncoder().encode(value);
    head(3, data.length);
    out.push(...data);
  } else {
    head(4, value.length);
    for (const item of value) cborBytes(item, out);
  }
  return out;
}

/* ── start ── */
async function start(root, program) {
  base = root;
  const entryResponse = await fetch(base + "entry.json", { cache: "no-cache" });
  if (!entryResponse.ok) throw new Error(`entry.json: ${entryResponse.status}`);
  const entry = await entryResponse.json();
  const table = JSON.parse(text.decode(await get(entry.table)));
  const programs = [...new Set(table.kinds.map((kind) => kind.wasm))];
  program ??= programs[0];
  if (program) {
    const [wasm] = await Promise.all([get(program), Promise.resolve().then(() => importScripts(base + entry.worker))]);
    await wasm_bindgen({ module_or_path: wasm });
  }
  kinds = table.kinds.filter((kind) => kind.wasm === program).map((kind) => startKind(kind, entry.version));
  return {
    tokens: entry.tokens,
    version: entry.version,
    pages: entry.pages,
    others: programs.filter((name) => name !== program),
    kinds: table.kinds.map((kind) => kind.kind),
    filters: filterSizes(table.kinds),
    labels: table.labels,
  };
}
function filterSizes(all) {
  const sizes = {};
  for (const kind of all) for (const [facet, [, size]] of Object.entries(kind.filters)) sizes[facet] = (sizes[facet] ?? 0) + size;
  return sizes;
}
function startKind(kind, version) {
  const sizes = Array.from(kind.sizes, (letter) => (letter.charCodeAt(0) - 48) * SIZE_STEP);
  const packNames = kind.packs ? kind.packs.split(" ") : [];
  const shards = kind.shards.map((shard) => {
    const names = shard.pages ? shard.pages.split(" ") : [];
    const ranks = shard.ranks.flatMap(([first, many]) => Array.from({ length: many }, (_, i) => first + i));
    const pages = names.map((name, i) => [name, shard.lengths[i] * LENGTH_STEP]);
    const meta = new Uint8Array(cborBytes([version, pages, [], [], [], []]));
    const ptr = wasm_bindgen.init_pagefind(meta);
    return { ptr, names, ranks, lengths: shard.lengths, numbers: new Map(names.map((name, i) => [name, i])), given: new Set(), facets: new Map() };
  });
  return { name: kind.kind, coded: kind.kind === "coded", first: kind.first, packNames, filters: kind.filters, shards, packs: new Map(), facets: new Map(), texts: new Map(), sizes };
}

/* ── packs ── */
function packOf(kind, word) {
  let low = 0, high = kind.first.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kind.first[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
function packsBetween(kind, from, to) {
  const numbers = [];
  for (let n = Math.max(0, packOf(kind, from)); n <= packOf(kind, to); n++) numbers.push(n);
  return numbers;
}
function split(kind, bytes) {
  let at = kind.shards.length * 4;
  return kind.shards.map((_, i) => {
    const size = ((bytes[i * 4] << 24) | (bytes[i * 4 + 1] << 16) | (bytes[i * 4 + 2] << 8) | bytes[i * 4 + 3]) >>> 0;
    return bytes.subarray(at, (at += size));
  });
}
function loadPack(kind, number) {
  if (!kind.packs.has(number)) {
    const loading = get(`index/${kind.packNames[number]}.pf_index`).then((bytes) => {
      const pieces = split(kind, bytes).map((piece) => ({ piece, words: null }));
      return pieces;
    });
    loading.catch(() => kind.packs.delete(number));
    kind.packs.set(number, loading);
  }
  return kind.packs.get(number);
}
async function loadPacks(kind, numbers) {
  return new Map(await Promise.all([...new Set(numbers)].map(async (number) => [number, await loadPack(kind, number)])));
}
/** Where each word's pages begin in a piece. */
function wordsOf(part) {
  if (part.words) return part.words;
  part.words = new Map();
  if (!part.piece.length) return part.words;
  const { value, at: first } = cborHead(part.piece, 1);
  let at = first;
  for (let i = 0; i < value; i++) {
    const name = cborValue(part.piece, at + 1);
    part.words.set(name.value, name.at);
    at = cborSkip(part.piece, cborSkip(part.piece, name.at));
  }
  return part.words;
}
/** The postings of a word: Map of page to [position, weight, position, weight …]. */
function postings(part, at) {
  const bytes = part.piece, list = new Map();
  let head = cborHead(bytes, at), page = 0;
  at = head.at;
  for (let left = head.value; left; left--) {
    const number = cborHead(bytes, at + 1);
    page += number.value;
    const places = cborHead(bytes, number.at);
    at = places.at;
    const found = [];
    let weight = 25, position = 0;
    for (let i = 0; i < places.value; i++) {
      const item = cborHead(bytes, at);
      at = item.at;
      if (item.major === 1) weight = item.value, position = 0;
      else found.push((position += item.value), weight);
    }
    list.set(page, found);
    at = cborSkip(bytes, at);
  }
  return list;
}

/* ── proof: pages that hold a phrase, letter by letter ── */
/** For every shard a Map of page to a summary. A phrase is {words: [[word, offset]…], units} or {letter}. */
async function prove(kind, phrase) {
  if (phrase.letter) {
    const parts = await loadPacks(kind, packsBetween(kind, phrase.letter, phrase.letter + END_OF_WORDS));
    return kind.shards.map((_, s) => proveLetter(phrase.letter, parts, s));
  }
  const words = phrase.words.map(([word, offset]) => ({ word, offset, pack: packOf(kind, word) }));
  // A word before the first pack is in no page.
  if (words.some(({ pack }) => pack < 0)) return kind.shards.map(() => new Map());
  // Every second word proves the phrase. Where these are much to load, a few rare ones may leave so few pages that
  // their texts, which are shown anyway, are less.
  const whole = words.filter(({ offset }) => offset % 2 === 0 || offset === words.length - 1);
  if (cost(kind, whole) > WORTH_A_CHECK) {
    for (const many of [2, 4]) {
      const some = cheapest(kind, words, many);
      if (some.length >= whole.length) break;
      const proofs = await proveBy(kind, some), pages = proofs.reduce((sum, found) => sum + found.size, 0);
      const less = pages <= MOST_CHECKED && pages * TEXT_BYTES < cost(kind, whole);
      const sure = less ? await check(kind, phrase, proofs) : null;
      if (sure) return sure;
    }
  }
  return proveBy(kind, whole);
}
/** About how many bytes the packs of some words are that are not here yet. */
function cost(kind, words) {
  const packs = new Set(words.map(({ pack }) => pack).filter((pack) => !kind.packs.has(pack)));
  return [...packs].reduce((sum, pack) => sum + kind.sizes[pack], 0);
}
function cheapest(kind, words, many) {
  const chosen = [];
  for (const word of words.map((word) => [cost(kind, [word]), word]).sort((a, b) => a[0] - b[0]).map(([, word]) => word)) {
    if (chosen.length < many && chosen.every(({ offset }) => Math.abs(offset - word.offset) > 1)) chosen.push(word);
  }
  return chosen;
}
async function proveBy(kind, words) {
  const parts = await loadPacks(kind, words.map(({ pack }) => pack));
  return kind.shards.map((_, s) => proveWords(words, parts, s));
}
/** Proofs by the pages' texts of what some words suggest; null when a text cannot tell, as it lacks what is never shown. */
async function check(kind, phrase, proofs) {
  tools ??= import(new URL("excerpt.js", self.location));
  const [{ placesIn }, texts] = [await tools, await Promise.all(proofs.flatMap((found, s) => [...found.keys()].map((page) => textOf(kind, kind.shards[s].names[page]))))];
  let at = 0, sure = true;
  const checked = proofs.map((found) => {
    const pages = new Map();
    for (const [page, { places }] of found) {
      const there = placesIn(texts[at++].content, phrase), kept = [];
      for (let i = 0; i < places.length; i += 2) if (there.has(places[i])) kept.push(places[i], places[i + 1]);
      if (kept.length) pages.set(page, summary(kept));
      else if (places.some((weight, i) => i % 2 && weight < SHOWN_WEIGHT)) sure = false;
    }
    return pages;
  });
  return sure ? checked : null;
}
let tools;
function textOf(kind, id) {
  if (!kind.texts.has(id)) kind.texts.set(id, get(`fragment/${id}.pf_fragment`).then((bytes) => JSON.parse(text.decode(bytes))));
  kind.texts.get(id).catch(() => kind.texts.delete(id));
  return kind.texts.get(id);
}
function proveWords(words, parts, shard) {
  const lists = [];
  for (const { word, offset, pack } of words) {
    const part = parts.get(pack)[shard], at = wordsOf(part).get(word);
    if (at === undefined) return new Map();
    lists.push({ part, at, offset, size: cborHead(part.piece, at).value });
  }
  lists.sort((a, b) => a.size - b.size);
  const [rarest, ...others] = lists.map(({ part, at, offset }) => ({ offset, pages: cached(part, at) }));
  const found = new Map();
  for (const [page, places] of rarest.pages) {
    let starts = [];
    for (let i = 0; i < places.length; i += 2) starts.push(places[i] - rarest.offset, places[i + 1]);
    for (const other of others) {
      const theirs = other.pages.get(page);
      if (!theirs) { starts = []; break; }
      const here = new Set();
      for (let i = 0; i < theirs.length; i += 2) here.add(theirs[i] - other.offset);
      starts = starts.filter((_, i) => here.has(starts[i & ~1]));
      if (!starts.length) break;
    }
    if (starts.length) found.set(page, summary(starts));
  }
  return found;
}
function proveLetter(letter, parts, shard) {
  const all = new Map();
  for (const pieces of parts.values()) {
    const part = pieces[shard];
    for (const [word, at] of wordsOf(part)) {
      if (!word.startsWith(letter)) continue;
      for (const [page, places] of cached(part, at)) all.set(page, (all.get(page) ?? []).concat(places));
    }
  }
  for (const [page, places] of all) all.set(page, summary(places));
  return all;
}
function cached(part, at) {
  part.read ??= new Map();
  if (!part.read.has(at)) part.read.set(at, postings(part, at));
  return part.read.get(at);
}
/** Where it stands: [position, weight, …]; in the title, in the text, or only in what is matched but never shown. */
function summary(places) {
  let weight = 0;
  for (let i = 1; i < places.length; i += 2) weight = Math.max(weight, places[i]);
  return { places, title: weight >= TITLE_WEIGHT, shown: weight >= SHOWN_WEIGHT };
}

/* ── facets ── */
async function loadFacet(kind, facet) {
  if (!kind.filters[facet]) return [];
  if (!kind.facets.has(facet)) {
    kind.facets.set(facet, get(`filter/${kind.filters[facet][0]}.pf_filter`).then((bytes) => split(kind, bytes)));
  }
  const pieces = await kind.facets.get(facet);
  kind.shards.forEach((shard, i) => {
    if (shard.facets.has(facet)) return;
    shard.facets.set(facet, new Map(cborValue(pieces[i], 0).value[1].map(([value, pages]) => [value, new Set(pages)])));
  });
}
const passes = (shard, page, facet, values) => values.some((value) => shard.facets.get(facet)?.get(value)?.has(page));
const chosenPage = (shard, page, chosen) => Object.entries(chosen).every(([facet, values]) => passes(shard, page, facet, values));
/** Every facet's values with the number of pages that pass the query and the choices in all other facets. */
function count(shard, pages, chosen, totals) {
  const all = [...pages];
  for (const [facet, values] of shard.facets) {
    const others = Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== facet));
    const within = new Set(all.filter((page) => chosenPage(shard, page, others)));
    const total = (totals[facet] ??= {});
    for (const [value, members] of values) {
      let n = 0;
      const [small, large] = members.size < within.size ? [members, within] : [within, members];
      for (const page of small) if (large.has(page)) n++;
      total[value] = (total[value] ?? 0) + n;
    }
  }
}

/* ── search ── */
const newest = (a, b) => b.rank - a.rank;
const best = (a, b) => b.title - a.title || b.shown - a.shown || b.score - a.score || b.rank - a.rank;
const ORDERS = { relevance: best, newest, oldest: (a, b) => a.rank - b.rank };

/**
 * query: {phrases: [{words | letter, spaced: [word…], not}]}; options: {filters: {facet: [value…]}, sort, counts: [facet…]}.
 * Answers {results: [{id, score, title, kind, words}], filters}.
 */
async function search(query, options) {
  const totals = {}, results = [];
  const facets = new Set([...Object.keys(options.filters), ...options.counts]);
  await Promise.all(kinds.map(async (kind) => {
    await Promise.all([...facets].map((facet) => loadFacet(kind, facet)));
    const found = kind.coded ? await searchCoded(kind, query, options, totals) : await searchSpaced(kind, query, options, totals);
    results.push(...found);
  }));
  results.sort(ORDERS[options.sort] ?? best);
  return { results, filters: totals };
}

const allPages = (shard) => new Map(shard.names.map((_, page) => [page, { places: [], title: false, shown: true }]));

async function searchCoded(kind, query, options, totals) {
  const found = [];
  const proofs = await Promise.all(query.phrases.map((phrase) => prove(kind, phrase)));
  kind.shards.forEach((shard, s) => {
    let pages = null;
    query.phrases.forEach((phrase, i) => {
      if (!phrase.not) pages = both(pages, proofs[i][s]);
    });
    pages = new Map(pages ?? allPages(shard));
    query.phrases.forEach((phrase, i) => {
      if (phrase.not) for (const page of proofs[i][s].keys()) pages.delete(page);
    });
    count(shard, pages.keys(), options.filters, totals);
    for (const [page, proof] of pages) if (chosenPage(shard, page, options.filters)) found.push({ shard, page, proof, score: 0 });
  });
  if (options.sort === "relevance") score(found);
  const texts = new Map();
  await Promise.all([...kind.texts].map(async ([id, page]) => texts.set(id, await page)));
  return found.map(({ shard, page, proof, score }) => ({
    id: shard.names[page], score, title: proof.title, shown: proof.shown, rank: shard.ranks[page], kind: kind.name, page: texts.get(shard.names[page]),
  }));
}
function both(before, now) {
  if (!before) return now;
  const pages = new Map();
  for (const [page, a] of before) {
    const b = now.get(page);
    if (b) pages.set(page, { places: a.places.concat(b.places), title: a.title && b.title, shown: a.shown && b.shown });
  }
  return pages;
}
/**
 * Pagefind scores the proven pages. Each shard is given one word that stands where the phrases stand, in place of the
 * pairs they were proved by: its time grows with the square of what it has to weigh. For the same reason only the best
 * of very many pages are scored; who reads on after these has them by date.
 */
function score(found) {
  const shards = new Map();
  for (const hit of mostLikely(found.filter((hit) => hit.proof.places.length))) {
    if (!shards.has(hit.shard)) shards.set(hit.shard, []);
    shards.get(hit.shard).push(hit);
  }
  for (const [shard, hits] of shards) {
    hits.sort((a, b) => a.page - b.page);
    shard.ptr = wasm_bindgen.load_index_chunk(shard.ptr, chunkOf(hits));
    const scores = new Map(ask(shard, FOUND, false).map((result) => [result.p, result.s]));
    // A word counts for more where few pages have it; a shard is no reason for that.
    const rarity = Math.log((shard.names.length - hits.length + 0.5) / (hits.length + 0.5) + 1);
    for (const hit of hits) hit.score = (scores.get(shard.names[hit.page]) ?? 0) / rarity;
  }
}
function mostLikely(found) {
  if (found.length <= MOST_SCORED) return found;
  const kept = found.map((hit) => {
    const { places, title, shown } = hit.proof;
    let weight = 0;
    for (let i = 1; i < places.length; i += 2) weight += places[i] ** 2;
    return { hit, title, shown, score: weight / hit.shard.lengths[hit.page], rank: hit.shard.ranks[hit.page] };
  });
  return kept.sort(best).slice(0, MOST_SCORED).map(({ hit }) => hit);
}
/** An index chunk of one word, as Pagefind writes it: [[[word, [[page, [place…], []]…], []]]], numbers as differences. */
function chunkOf(hits) {
  const postings = hits.map(({ page, proof }, i) => [i ? page - hits[i - 1].page : page, placesOf(proof.places), []]);
  return new Uint8Array(cborBytes([[[FOUND, postings, []]]]));
}
/** The weightiest places, as Pagefind writes them: those of the usual weight first, then a weight (negative) and its. */
function placesOf(list) {
  const groups = new Map([[TEXT_WEIGHT, []]]);
  for (let i = 0; i < list.length; i += 2) {
    if (!groups.has(list[i + 1])) groups.set(list[i + 1], []);
    groups.get(list[i + 1]).push(list[i]);
  }
  let left = MOST_PLACES;
  const out = [];
  for (const [weight, places] of [...groups].sort((a, b) => b[0] - a[0])) {
    const some = places.sort((a, b) => a - b).slice(0, left).map((place, i, all) => (i ? place - all[i - 1] : place));
    left -= some.length;
    if (weight === TEXT_WEIGHT) out.unshift(...some);
    else if (some.length) out.push(-1 - weight, ...some);
  }
  return out;
}
function givePiece(shard, part) {
  if (shard.given.has(part) || !part.piece.length) return;
  shard.given.add(part);
  shard.ptr = wasm_bindgen.load_index_chunk(shard.ptr, part.piece);
}
function ask(shard, term, exact) {
  return JSON.parse(wasm_bindgen.search(shard.ptr, term, term, "{}", "", exact, false)).results;
}

/* ── languages with spaces: Pagefind's own search, with its stems ── */
const STEM = 3;
async function searchSpaced(kind, query, options, totals) {
  const found = [];
  const phrases = await Promise.all(query.phrases.map(async (phrase) => ({ ...phrase, parts: await spacedParts(kind, phrase) })));
  for (const shard of kind.shards) {
    const s = kind.shards.indexOf(shard);
    let pages = null;
    const scores = new Map(), places = new Map();
    for (const phrase of phrases) {
      if (pages && !pages.size) break;
      const hits = spacedHits(shard, s, phrase);
      if (phrase.not) continue;
      const now = new Map(hits.map((hit) => [shard.numbers.get(hit.p), { places: [], title: false, shown: true }]));
      for (const hit of hits) {
        const page = shard.numbers.get(hit.p);
        scores.set(page, (scores.get(page) ?? 0) + hit.s);
        places.set(page, (places.get(page) ?? []).concat(hit.l.map((l) => l.l)));
        now.get(page).title = hit.l.some((l) => l.w >= TITLE_WEIGHT);
      }
      pages = both(pages, now);
    }
    pages ??= allPages(shard);
    for (const phrase of phrases) if (phrase.not) for (const hit of spacedHits(shard, s, phrase)) pages.delete(shard.numbers.get(hit.p));
    count(shard, pages.keys(), options.filters, totals);
    for (const [page, proof] of pages) {
      if (!chosenPage(shard, page, options.filters)) continue;
      found.push({ id: shard.names[page], score: scores.get(page) ?? 0, title: proof.title, shown: true, rank: shard.ranks[page], kind: kind.name, words: places.get(page) ?? [] });
    }
  }
  return found;
}
/** The packs of all words that may share a stem with the phrase's. */
async function spacedParts(kind, phrase) {
  const numbers = phrase.spaced.flatMap((word) => packsBetween(kind, word.slice(0, STEM), word.slice(0, STEM) + END_OF_WORDS));
  return loadPacks(kind, numbers.filter((number) => number >= 0));
}
function spacedHits(shard, s, phrase) {
  for (const pieces of phrase.parts.values()) givePiece(shard, pieces[s]);
  const known = phrase.spaced.every((word) => {
    for (const pieces of phrase.parts.values()) for (const have of wordsOf(pieces[s]).keys()) if (related(word, have)) return true;
    return false;
  });
  // Pagefind passes over words that it does not know; a reader who typed one does not want the rest.
  if (!known || !phrase.spaced.length) return [];
  return ask(shard, phrase.spaced.join(" "), phrase.quoted && phrase.spaced.length > 1);
}
function related(word, have) {
  if (have.startsWith(word)) return true;
  let same = 0;
  while (same < have.length && word[same] === have[same]) same++;
  return same >= STEM && same >= have.length - 1 && word.length - same <= 7;
}

const calls = {
  start,
  search,
  preload: async (query) => {
    await Promise.all(kinds.flatMap((kind) => query.phrases.map((p) => (kind.coded ? prove(kind, p) : spacedParts(kind, p)))));
  },
  facets: async (names) => {
    const totals = {};
    for (const kind of kinds) {
      await Promise.all(names.map((name) => loadFacet(kind, name)));
      for (const shard of kind.shards) count(shard, shard.names.keys(), {}, totals);
    }
    return totals;
  },
  traffic: () => files,
};
