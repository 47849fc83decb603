// The same pages as the others: briefings, paginated list, tags, feed, sitemap.
const day = (date) => new Date(date.getTime() + 9 * 3600e3).toISOString().slice(0, 10);

export default function (config) {
  config.addFilter("day", day);
  const newest = (api) => api.getFilteredByGlob("content/briefings/*.md").sort((a, b) => b.date - a.date);
  config.addCollection("briefings", newest);
  config.addCollection("topics", (api) => {
    const found = new Map();
    for (const page of newest(api))
      for (const tag of page.data.tags ?? []) (found.get(tag) ?? found.set(tag, []).get(tag)).push(page);
    return [...found].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([name, pages]) => ({ name, pages }));
  });
  return { dir: { input: "content", output: "_site", includes: "../_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk", templateFormats: ["md", "njk"] };
}
