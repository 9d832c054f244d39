"""Pages of reference that are written from the tables they describe, so that they cannot lie."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.areas.roles import OFFICES, Permission
from partnership.documents.workflow import MOVES, TURN, Status

FOLDER = Path(settings.BASE_DIR) / "partnership" / "docs" / "reference"
WORKFLOW, OFFICES_PAGE = "workflow.md", "offices.md"


def workflow_page() -> str:
    """The life of a version: a diagram of every move, and whose turn it is in each state."""
    moves = [
        f"    {source.value} --> {move.target.value}: {move.name.replace('_', ' ')}"
        for move in MOVES.values()
        for source in Status
        if source in move.sources
    ]
    turns = [f"| {status.label} | `{status.value}` | {TURN[status].capitalize()} |" for status in Status]
    who = [
        f"| {move.name.replace('_', ' ').capitalize()} | "
        f"{_may(move.permission) if move.permission else 'The service, as the consequence of another deed'} |"
        for move in MOVES.values()
    ]
    return _lines(
        "# The life of a version",
        _written_by("workflow_diagram", "partnership/documents/workflow.py"),
        "```mermaid",
        "stateDiagram-v2",
        f"    [*] --> {Status.DRAFT.value}",
        *moves,
        "```",
        "",
        "## Whose turn it is",
        "",
        "| State | Stored as | Whose turn |",
        "|---|---|---|",
        *turns,
        "",
        "## Who may make a move",
        "",
        "| Move | Who |",
        "|---|---|",
        *who,
    )


def offices_page() -> str:
    """Each office in words, and a table of what each may do."""
    described = [f"- **{office.label}**: {words.sentence}" for office, words in OFFICES.items()]
    heads = " | ".join(office.label for office in OFFICES)
    rows = [
        f"| {permission.label.capitalize()} | "
        + " | ".join("yes" if permission in words.permissions else "" for words in OFFICES.values())
        + " |"
        for permission in Permission
    ]
    return _lines(
        "# Offices and what each may do",
        _written_by("roles_table", "partnership/areas/roles.py"),
        *described,
        "",
        f"| May | {heads} |",
        "|---|" + "---|" * len(OFFICES),
        *rows,
    )


def _may(permission: Permission) -> str:
    return ", ".join(office.label for office, words in OFFICES.items() if permission in words.permissions)


def _written_by(command: str, source: str) -> str:
    return f"\nWritten by `manage.py {command}` from `{source}`. Change that file and run the command again.\n"


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"


class PageCommand(BaseCommand):
    """A command that writes one page of reference, or with --check says whether it is up to date."""

    page: str

    def content(self) -> str:
        """The page as it should be."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")

    def handle(self, *args: object, **options: object) -> None:
        path, content = FOLDER / self.page, self.content()
        is_current = path.exists() and path.read_text("utf-8") == content
        if options["check"]:
            if not is_current:
                raise CommandError(
                    f"{self.page} is out of date. Run this command without --check, and commit the page."
                )
        elif not is_current:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
            self.stdout.write(f"{self.page} was written.")
