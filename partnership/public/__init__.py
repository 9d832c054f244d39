"""What anybody may read, without signing in: published documents, and what is due."""
