"""What the tests stand on: a database server, a whole Assay, a browser."""
