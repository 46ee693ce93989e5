"""What runs: actors, the clock, the poller. Decides nothing; joins services with clients."""
