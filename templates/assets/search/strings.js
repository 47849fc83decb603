// The page's own words, in its own language, and the few elements that scripts make. Nothing here takes HTML.

const given = document.getElementById("search-strings");
const words = given ? JSON.parse(given.textContent) : {};
const lang = document.documentElement.lang || "ja";
const plural = new Intl.PluralRules(lang), number = new Intl.NumberFormat(lang);
// British English writes 12 January 2023, as the pages do.
const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });

/** The words for a key; `{name}` is replaced by the value of that name. */
export function t(key, values = {}) {
  return (words[`search_${key}`] ?? "").replace(/\{(\w+)\}/g, (all, name) =>
    name in values ? (typeof values[name] === "number" ? number.format(values[name]) : values[name]) : all,
  );
}
/** The same for a number of things. */
export const counted = (key, n) => t(`${key}_${plural.select(n)}`, { n }) || t(`${key}_other`, { n });
export const format = (n) => number.format(n);
/** An ISO date in words; anything else as it is. */
export function day(text) {
  const [year, month, date] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).slice(1).map(Number);
  return year ? days.format(Date.UTC(year, month - 1, date)) : text;
}

let labels = {};
/** The index knows how the page's language calls kinds and topics. */
export const learn = (known) => (labels = known?.[lang] ?? {});
export const labelled = (facet, value) => labels[facet]?.[value] ?? value;

/** An element with properties and children. */
export function el(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}
/** Text with marked stretches: [{text, mark}]. */
export const marked = (parts) => parts.map((part) => (part.mark ? el("mark", {}, part.text) : part.text));
