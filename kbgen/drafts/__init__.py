"""Drafts: proposed articles, made from topics, published by a person."""
