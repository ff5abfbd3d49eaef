"""A case freezes an extract: cases, their append-only history."""
