"""The pages of many hands."""
