"""The practice data: three areas, invented people, and what they have done since 2024, all made through the services."""
