"""Videos: a recording, its captions and chapters, and the transcript made of them."""
