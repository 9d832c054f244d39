"""The pages of documents. Each view loads what the person may see, calls one service, and redirects."""
