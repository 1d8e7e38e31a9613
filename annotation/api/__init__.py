"""Our REST API: thin handlers that load, authorise and make one call down."""
