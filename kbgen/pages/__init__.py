"""Pages: what the templates are handed. The dataclasses here are the templates' whole contract."""
