"""Who may judge: people and their evidence. Never imports `annotation`."""
