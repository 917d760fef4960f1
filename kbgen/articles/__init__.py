"""Articles: what a folder of Markdown holds, whatever renders it."""
