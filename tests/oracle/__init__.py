"""A second telling of the whole law, from the package files alone.

Nothing here imports the product, but `black_box.py`, which asks it, and the tests. Semantics: docs/rulebook-format.md
and docs/decisions. Where both disagree, one of the two is wrong: find out which by the documents.
"""
