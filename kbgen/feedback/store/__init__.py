"""Stores: where votes are kept."""
