"""Filters of the document templates."""
