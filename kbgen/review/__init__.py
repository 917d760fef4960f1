"""The review queue: what to mend or to write next, most useful first."""
