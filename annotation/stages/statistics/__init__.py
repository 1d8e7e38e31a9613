"""The statistics of a project: answers folded into tables as they come, all of it proved, stored and computed again."""
