"""The pages about Word files. Each view loads what the person may see, calls one service, and redirects."""
