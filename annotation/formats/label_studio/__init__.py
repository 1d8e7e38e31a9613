"""Label Studio's own client. Nothing of it is imported before it is asked for."""
