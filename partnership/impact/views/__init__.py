"""Pages of the impact test."""
