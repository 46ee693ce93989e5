"""Backups: made, encrypted, kept, tried, restored. When they were is app/backups.py's business."""
