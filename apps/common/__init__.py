"""Clock, errors, events, ids, calendar, text, city package: Django and the standard library, no other room."""
