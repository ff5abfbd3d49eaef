"""The documented JSON API: the same answers as the pages."""
