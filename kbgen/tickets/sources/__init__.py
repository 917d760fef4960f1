"""Sources: exports of help desks."""
