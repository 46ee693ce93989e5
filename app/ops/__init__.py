"""The operators' command line, `python -m app.ops`. Calls to the gateway go through the outbox."""
