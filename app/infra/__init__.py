"""What every part stands on: queue, limits, logs, crypto, health."""
