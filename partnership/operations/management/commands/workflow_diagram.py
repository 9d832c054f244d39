"""Writes the page on the life of a version from the table of moves."""

from partnership.operations import reference


class Command(reference.PageCommand):
    help = "Write partnership/docs/reference/workflow.md from the table of moves."
    page = reference.WORKFLOW

    def content(self) -> str:
        return reference.workflow_page()
