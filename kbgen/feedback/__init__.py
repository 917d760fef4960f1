"""Feedback: what readers leave on the articles."""
