"""kbgen turns a folder of Markdown, and the tickets customers still send, into a help centre."""

__version__ = "0.1.0"
