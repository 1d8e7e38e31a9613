"""Django's engine for PostgreSQL, with a look at the connection that asks nothing."""
