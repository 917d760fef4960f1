"""Tickets: support conversations, read from exports and stripped of personal data."""
