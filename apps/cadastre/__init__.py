"""Parcels carry place: parcels and their versions, districts, places to search by."""
