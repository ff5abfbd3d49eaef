"""Zone codes, height codes, density, land use: resolution of the plan rulebooks as pure functions."""
