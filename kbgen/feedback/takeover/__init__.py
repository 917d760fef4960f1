"""The takeover: votes that kbgen or another service kept, read from the files they export."""
