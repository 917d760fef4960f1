"""The preview: site, votes and search on one port while somebody writes. Needs the extra `[service]`."""
