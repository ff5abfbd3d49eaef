"""Building a city from its package: files, ground, law, overlays. A finished step is stamped and not done again."""
