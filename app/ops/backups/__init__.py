"""Backups: made, encrypted, kept, tried, restored. When they were is app/backoffice/backups.py's business."""
