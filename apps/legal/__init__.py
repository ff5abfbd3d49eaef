"""Law is a sequence of acts: instruments, acts, in-force periods; and the vocabulary of answers."""
