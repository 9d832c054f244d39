"""The pages of contributions: of the document's rooms, within the agency, and of whoever gathers."""
