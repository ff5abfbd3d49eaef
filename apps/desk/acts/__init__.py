"""Acts with two hands: who may draft and sign what, why an act is refused, what it changes, what waits for whom."""
