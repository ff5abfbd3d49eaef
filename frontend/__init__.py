"""Pages, templates, TypeScript, styles, translations."""
