"""What a change of law would change: parcel by parcel, before anyone signs it."""
