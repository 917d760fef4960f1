"""The service: takes votes and searches over HTTP, and suggests articles. Needs the extra `[service]`."""
