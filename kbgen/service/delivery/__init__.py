"""Delivery: the ways in which a message from the contact form reaches a person."""
