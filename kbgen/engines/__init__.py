"""Engines: the same function over many parts, in one process, in several, or on a Dask cluster."""
