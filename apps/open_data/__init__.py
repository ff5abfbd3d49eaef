"""Open standards: OGC API – Features, downloads of editions with their acts, metadata."""
