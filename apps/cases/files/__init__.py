"""Files of cases: what they are, whether they may come in, where they lie, how they are handed out (decision 0028)."""
