/* Small conveniences. Every page can be read and used without them, except for searching. */
const $ = (s, r = document) => r.querySelector(s), root = document.documentElement;
const store = (k, v) => { try { v ? localStorage.setItem(k, v) : localStorage.removeItem(k); } catch {} };

/* theme: automatic → light → dark */
const tb = $("#theme");
if (tb) {
  const next = { "": "light", light: "dark", dark: "" };
  const label = () => { $(".vh", tb).textContent = tb.dataset[root.dataset.theme || "auto"]; };
  label();
  tb.addEventListener("click", () => {
    const t = next[root.dataset.theme || ""];
    t ? root.dataset.theme = t : delete root.dataset.theme; store("theme", t); label();
  });
}

/* western / Japanese era */
for (const b of document.querySelectorAll("[data-era-switch]")) {
  const sync = () => b.setAttribute("aria-pressed", String(root.dataset.era === "wareki"));
  sync();
  b.addEventListener("click", () => {
    const w = root.dataset.era !== "wareki";
    w ? root.dataset.era = "wareki" : delete root.dataset.era; store("era", w ? "wareki" : ""); sync();
  });
}

/* table of contents: mark the section being read */
const toc = new Map([...document.querySelectorAll(".toc a")].map(a => [decodeURIComponent(a.hash.slice(1)), a]));
if (toc.size) {
  const seen = new Set();
  const io = new IntersectionObserver(es => {
    for (const e of es) e.isIntersecting ? seen.add(e.target.id) : seen.delete(e.target.id);
    const cur = [...toc.keys()].find(k => seen.has(k));
    if (cur) for (const [k, a] of toc) k === cur ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current");
  }, { rootMargin: "-10% 0px -65%" });
  for (const k of toc.keys()) { const s = document.getElementById(k); s && io.observe(s); }
}

for (const b of document.querySelectorAll("[data-print]")) b.addEventListener("click", () => print());
for (const p of document.querySelectorAll(".pop")) p.addEventListener("click", e => { if (e.target.closest("a")) p.hidePopover?.(); });

/* cite and share */
for (const b of document.querySelectorAll("[data-copy]")) b.addEventListener("click", async () => {
  const text = b.dataset.copy === "link" ? location.href.split("#")[0] : $("#cite-text").textContent.trim();
  try { await navigator.clipboard.writeText(text); $("#cite-done").textContent = b.dataset.done; } catch {}
});
