"""People, offices, roles, mandates; sign-in by mobile and one-time code; the outbox of messages."""
