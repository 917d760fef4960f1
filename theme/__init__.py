"""The theme `kbgen`: templates, styles and scripts, on top of Material for MkDocs."""
