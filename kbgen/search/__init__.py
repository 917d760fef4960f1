"""Search: entries of what was built, and the readers that find them."""
