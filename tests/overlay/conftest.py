"""Tests with two connections empty the tables afterwards; append-only tables must let them."""

import os

os.environ.setdefault("PGOPTIONS", "-c parvaneh.allow_truncate=on")
