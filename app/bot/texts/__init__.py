"""Every sentence that people read, in Bahasa Indonesia; a screen's own in a file of the same name as its."""
