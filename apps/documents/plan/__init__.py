"""The map of a document: frame, zones, shapes, labels. Millimetres on paper, metres on the ground."""
