"""The pages: thin views over querysets and stages."""
