"""What people are told: the public feed of acts, watched parcels and areas, notices."""
