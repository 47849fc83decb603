// Marks the searched words on the page that a result led to (`?highlight=`), with the folding of the search, and goes
// from one to the next. Words that run over a link or a source chip are found: text is read block by block.

import { parse } from "./engine.js";
import { findAll } from "./excerpt.js";
import { el, t } from "./strings.js";
import { units } from "./tokens.js";

const SKIP = "script, style, template, button, select, input, textarea, nav, dialog, [popover], rt, rp, .wa, [data-search-skip], [hidden]";
const BLOCK = "address, article, aside, blockquote, dd, details, div, dl, dt, figcaption, figure, footer, h1, h2, h3, h4, h5, h6, header, li, main, ol, p, pre, section, summary, table, td, th, tr, ul";

function blocks(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(SKIP) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const found = new Map();
  while (walker.nextNode()) {
    const block = walker.currentNode.parentElement.closest(BLOCK);
    found.set(block, [...(found.get(block) ?? []), walker.currentNode]);
  }
  return found.values();
}

/** Wrap what stands at [start, end) of the joined text of nodes; returns the marks. */
function wrap(nodes, start, end) {
  const marks = [];
  let at = 0;
  for (const node of nodes) {
    const from = Math.max(start - at, 0), to = Math.min(end - at, node.data.length);
    at += node.data.length;
    if (from >= to) continue;
    const range = document.createRange(), mark = el("mark", { className: "found" });
    range.setStart(node, from);
    range.setEnd(node, to);
    range.surroundContents(mark);
    marks.push(mark);
  }
  return marks;
}

function markAll(root, phrases) {
  const found = [];
  for (const nodes of blocks(root)) {
    const text = nodes.map((node) => node.data).join(""), list = units(text.replace(/\n/g, " "));
    const spans = phrases.flatMap((phrase) => findAll(list, phrase)).map(([a, b]) => [list[a].s, list[b - 1].e]);
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const apart = spans.filter((span, i) => i === 0 || span[0] >= Math.max(...spans.slice(0, i).map((s) => s[1])));
    const here = [];
    // From the end, so that what comes before keeps its place; a node is cut at its front part.
    for (const [start, end] of apart.reverse()) here.unshift(wrap(nodes, start, end));
    found.push(...here.filter((marks) => marks.length));
  }
  return found;
}

function bar(found) {
  let at = -1;
  const place = el("span", { role: "status" });
  const go = (step) => {
    if (!found.length) return;
    found[at]?.forEach((mark) => mark.classList.remove("now"));
    at = (at + step + found.length) % found.length;
    found[at].forEach((mark) => mark.classList.add("now"));
    for (let fold = found[at][0].closest("details:not([open])"); fold; fold = fold.closest("details:not([open])")) fold.open = true;
    found[at][0].scrollIntoView({ block: "center" });
    place.textContent = t("mark_position", { i: at + 1, n: found.length });
  };
  const button = (key, act) => {
    const node = el("button", { type: "button", className: "btn" }, t(key));
    node.addEventListener("click", act);
    return node;
  };
  const close = () => {
    for (const mark of found.flat()) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    const address = new URL(location.href);
    address.searchParams.delete("highlight");
    history.replaceState(history.state, "", address);
    node.remove();
  };
  const node = el("div", { className: "found-bar", role: "region", ariaLabel: t("marks") }, place);
  if (found.length > 1) node.append(button("mark_previous", () => go(-1)), button("mark_next", () => go(1)));
  node.append(button("mark_close", close));
  document.body.append(node);
  if (!found.length) place.textContent = t("mark_none");
  else if (location.hash) {
    // The address leads to a heading: start with the first word after it.
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const first = found.findIndex(([mark]) => target && target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    at = Math.max(0, first) - 1;
    go(1);
  } else go(1);
}

const phrases = new URLSearchParams(location.search).getAll("highlight").flatMap((raw) => parse(`"${raw.replaceAll('"', "")}"`));
if (phrases.length) bar(markAll(document.querySelector("[data-search-body]") ?? document.querySelector("main") ?? document.body, phrases));
