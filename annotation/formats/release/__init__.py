"""What a release is written as: rows in, bytes out. Knows neither the database nor Django."""
