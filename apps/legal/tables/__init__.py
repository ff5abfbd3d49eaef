"""Reading decision tables for one parcel: what all rule sources share. Pure, like rules.py."""
