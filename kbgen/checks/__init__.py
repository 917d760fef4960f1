"""Checks: what is wrong in the articles, said to the person who can mend it."""
