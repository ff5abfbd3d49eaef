"""Thin views: read the question, ask a lower room, hand the answer to a template."""
