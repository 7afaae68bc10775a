"""The handreiking site: `pages` makes the pages, `plugin` hands them to mkdocs."""
