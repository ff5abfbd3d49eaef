"""Permit kinds and permit requests."""
