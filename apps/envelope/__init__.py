"""The buildable envelope of a parcel: what an extract's limits leave of the lot, level by level."""
