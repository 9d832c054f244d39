"""The pages of scrutiny: challenges with their answers, and the scrutineer's statement."""
