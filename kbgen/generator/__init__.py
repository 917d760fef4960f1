"""The generator: turns the articles into a site."""
