"""Topics: what many tickets ask again and again. Needs the extra `[topics]`."""
