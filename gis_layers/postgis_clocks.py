"""The condition that a parcel version `v` holds on a day as known at an instant, the same in every statement."""

# IS TRUE keeps the planner from walking the exclusion index by its ranges alone: nearly every version holds today,
# so that walk reads the whole city, and without knowing the parameters the planner thinks it reads one row.
HOLDS = "(v.legal @> %(on)s::date) IS TRUE AND (v.known @> %(known_at)s::timestamptz) IS TRUE"
