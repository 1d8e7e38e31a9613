"""The pages in Chinese: the catalogue is complete, and no page shows English beside it."""
