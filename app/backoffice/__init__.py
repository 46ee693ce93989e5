"""What running a shop takes beyond selling: alerts, figures, exports, backups, bans, and what goes when."""
