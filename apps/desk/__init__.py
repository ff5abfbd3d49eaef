"""The planners' desk: layers and rulebooks taken in, what they would change, acts with two hands."""
