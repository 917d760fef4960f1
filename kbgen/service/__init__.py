"""The service: takes votes over HTTP. Needs the extra `[service]`."""
