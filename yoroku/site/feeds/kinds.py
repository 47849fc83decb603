"""The outputs for machines, as page kinds."""

from __future__ import annotations

from yoroku.site.feeds import api, atom, calendar, json_feed, news, og_image, site_files
from yoroku.site.page_kind import PageKind

MACHINE_KINDS: tuple[PageKind, ...] = (
    PageKind("atom", news.atom_addresses, news.feed, encode=atom.encode),
    PageKind("json-feed", news.json_addresses, news.feed, encode=json_feed.encode),
    PageKind("calendar", calendar.addresses, calendar.calendar, encode=calendar.encode),
    PageKind("sitemap", site_files.sitemap_addresses, site_files.sitemap, encode=site_files.encode_sitemap),
    PageKind("robots", site_files.robots_addresses, site_files.robots, encode=site_files.encode_robots),
    PageKind("opensearch", site_files.opensearch_addresses, site_files.opensearch, encode=site_files.encode_opensearch),
    PageKind("api-index", api.index_addresses, api.index, encode=api.encode),
    PageKind("api-briefings", api.briefings_addresses, api.briefings, encode=api.encode),
    PageKind("api-statements", api.statements_addresses, api.statements, encode=api.encode_lines),
    PageKind("api-entities", api.entities_addresses, api.entities, encode=api.encode),
    PageKind("api-entity", api.entity_addresses, api.entity, encode=api.encode),
    PageKind("api-notes", api.notes_addresses, api.notes, encode=api.encode),
    PageKind("briefing-json", api.briefing_addresses, api.briefing, encode=api.encode),
    PageKind("briefing-markdown", api.copy_addresses, api.copy, encode=api.encode_copy),
    PageKind("picture", og_image.addresses, og_image.picture, encode=og_image.encode),
)
