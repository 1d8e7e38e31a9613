"""A few kills in every run of the tests; `tests/soak` has the many."""
