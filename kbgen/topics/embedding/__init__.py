"""Embedding: texts as vectors whose angle says how alike they are."""
