"""Channels: the ways to reach a person, and when somebody is there."""
