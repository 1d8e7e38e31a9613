"""What trainers of language models read: a module a format, each JSON Lines of its own shape."""
