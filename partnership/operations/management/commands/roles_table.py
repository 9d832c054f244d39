"""Writes the page on offices from the table of offices."""

from partnership.operations import reference


class Command(reference.PageCommand):
    help = "Write partnership/docs/reference/offices.md from the table of offices."
    page = reference.OFFICES_PAGE

    def content(self) -> str:
        return reference.offices_page()
