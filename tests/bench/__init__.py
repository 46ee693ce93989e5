"""Measurements of the whole shop on this machine, all in one run: `python -m tests.bench`."""
