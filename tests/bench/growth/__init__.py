"""What the shop is like when it is large: `python -m tests.bench growth [factor] [parts…]`."""
