"""An extract joins parcel, layers and law on a day. Knows no rule source by name."""
