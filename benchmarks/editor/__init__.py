"""How fast the labelling editor is, in a real browser."""
