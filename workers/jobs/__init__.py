"""What the queue does: one actor a job, by topic."""
