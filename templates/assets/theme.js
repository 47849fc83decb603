// Before the first paint: say that scripts run, apply what the reader chose. No cookies, no network.
const d = document.documentElement;
d.classList.add("js");
try {
  const t = localStorage.getItem("theme"), e = localStorage.getItem("era");
  if (t === "light" || t === "dark") d.dataset.theme = t;
  if (e === "wareki") d.dataset.era = e;
} catch {}
// The search page asked for results: nothing else is shown in their place first.
if (location.search.length > 1) d.classList.add("asked");
// Opened from disk there is no server that turns a folder into its index page.
if (location.protocol === "file:") {
  addEventListener("click", (e) => {
    const a = e.target.closest?.("a[href]");
    if (a && a.protocol === "file:" && a.pathname.endsWith("/")) a.pathname += "index.html";
  }, true);
}
