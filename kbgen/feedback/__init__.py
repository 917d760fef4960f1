"""Feedback: what readers leave on the articles, and what they look for."""
