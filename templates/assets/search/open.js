// On every page: opens the search dialog (loaded on first use) and marks the searched words of `?highlight=`.

const store = {
  get: (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value);
    } catch {
      // A browser that keeps nothing still searches.
    }
  },
};

const dialog = document.querySelector("dialog[data-search]");
const opener = document.querySelector("[data-search-open]");
let view;

function show() {
  view ??= import("./ui.js").then((ui) => ui.mount(dialog));
  // A module that did not load is asked for again next time; the link to the search page stays.
  view.catch(() => (view = undefined));
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector("[data-search-input]");
  input.focus();
  input.select();
}

if (dialog && opener) {
  opener.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show();
  });
  // WCAG 2.1.4: a shortcut of one key can be turned off.
  let slash = store.get("search-slash") !== "off";
  const box = dialog.querySelector("[data-search-slash]"), hint = opener.querySelector("kbd");
  const sync = () => {
    if (box) box.checked = slash;
    if (hint) hint.hidden = !slash;
  };
  sync();
  box?.addEventListener("change", () => {
    slash = box.checked;
    store.set("search-slash", slash ? null : "off");
    sync();
  });
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const wanted = command ? event.key.toLowerCase() === "k" && !event.shiftKey : slash && event.key === "/" && !typing;
    if (!wanted) return;
    event.preventDefault();
    show();
  });
}

if (new URLSearchParams(location.search).has("highlight")) import("./highlight.js");
