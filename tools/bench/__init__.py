"""The bench: this platform against the limits of the machine it runs on, as ratios within one run."""
