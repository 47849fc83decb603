// The search page: the same view, with its state in the address so that a search can be sent to someone.

import { FACETS } from "./filters.js";
import { mount, query } from "./ui.js";

const root = document.querySelector("[data-search]:not(dialog)");

function read() {
  const params = new URLSearchParams(location.search), filters = {};
  for (const facet of FACETS) {
    const values = params.getAll(facet).filter(Boolean);
    if (values.length) filters[facet] = values;
  }
  const sort = params.get("sort");
  return { q: params.get("q") ?? "", filters, sort: ["newest", "oldest"].includes(sort) ? sort : "relevance" };
}

if (root) {
  let following = false;
  const view = mount(root, {
    waits: true,
    onState: (state) => {
      if (!following) return;
      const address = new URL(location.href);
      address.search = query(state).toString();
      history.replaceState(null, "", address);
    },
  });
  const follow = () => {
    following = false;
    view.set(read());
    following = true;
  };
  follow();
  addEventListener("popstate", follow);
}
