"""The pages that are written from tables say what the tables say."""

import pytest
from django.core.management import CommandError, call_command

from partnership.operations import reference


@pytest.mark.parametrize("command", ["workflow_diagram", "roles_table"])
def test_the_page_is_up_to_date(command):
    call_command(command, check=True)


@pytest.mark.parametrize(
    ("command", "page"), [("workflow_diagram", reference.WORKFLOW), ("roles_table", reference.OFFICES_PAGE)]
)
def test_a_page_that_is_out_of_date_fails_the_check_and_is_written_anew(command, page, tmp_path, monkeypatch):
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    (tmp_path / page).write_text("As it was.")

    with pytest.raises(CommandError, match="out of date"):
        call_command(command, check=True)
    assert (tmp_path / page).read_text() == "As it was."
    call_command(command)
    call_command(command, check=True)


def test_the_diagram_has_every_move_and_the_table_every_state():
    page = reference.workflow_page()

    assert "in_sign_off --> returned: return for changes" in page
    assert "| With the lead partners | `in_sign_off` | Lead safeguarding partners |" in page


def test_the_table_of_offices_says_who_alone_may_sign():
    row = next(line for line in reference.offices_page().splitlines() if line.startswith("| Sign |"))

    assert row.count("yes") == 1
