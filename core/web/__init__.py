"""Pages about the account and the organisation, and what every page shares: frame, navigation, refusals."""
