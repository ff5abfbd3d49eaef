"""Set-up, stack, synthetic city and bench: tools around the product, imported by none of it."""
