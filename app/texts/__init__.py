"""Every sentence that people read, in Bahasa Indonesia; a screen file's own in a file of the same name."""
