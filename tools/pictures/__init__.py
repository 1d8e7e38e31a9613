"""Pictures of every task family, taken from the editor's stories: `python -m tools.pictures`."""
