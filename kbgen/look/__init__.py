"""The look: colours of a help centre, and whether a reader can make them out."""
