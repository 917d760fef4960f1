"""Outputs: what a site holds beside its pages."""
