"""What is long: kill points, load, large files. `make soak` runs it, `make test` does not."""
