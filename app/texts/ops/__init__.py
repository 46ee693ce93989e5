"""What operators read on the ops page: a file for each screen there, of the same name."""
