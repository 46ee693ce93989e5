"""Every sentence that people read, in Bahasa Indonesia, a file a topic. Button labels: keyboards.py."""
