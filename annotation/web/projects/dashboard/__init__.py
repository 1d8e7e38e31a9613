"""The lead's dashboard: what a lead asks, answered by stored figures."""
