"""From briefings to pages: rights, catalogue, permalinks, page contexts, feeds, templates."""
