"""MkDocs plugins: thin glue between MkDocs' events and kbgen's features."""
