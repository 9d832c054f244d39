"""Bring the database and static files up to date in one process: python -m partnership.embedded.prepare STEPS."""

import io
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands


def main(steps: list[str]) -> None:
    """Do the named steps: `static`; `schema` (migrate, and in the practice area the demo data)."""
    django.setup()
    for name in steps:
        STEPS[name]()


def static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def schema() -> None:
    # A certificate that cannot seal, or a bad edition, is told here and not by a PDF that is never made.
    call_command("migrate", interactive=False, verbosity=1, skip_checks=False)
    known = get_commands()
    if settings.PRACTICE and "load_demo" in known:
        call_command("load_demo")
    if settings.PRACTICE and "demo_accounts" in known:
        said = io.StringIO()
        call_command("demo_accounts", stdout=said)
        (Path(settings.DATA_DIR) / "accounts.txt").write_text(said.getvalue())


STEPS = {"static": static, "schema": schema}

if __name__ == "__main__":
    main(sys.argv[1:])
