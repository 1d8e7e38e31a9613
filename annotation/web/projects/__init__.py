"""The pages of one project, a tab a file."""
