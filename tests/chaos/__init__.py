"""Fault runs: the real processes under one fault after another: `python -m tests.chaos`."""
