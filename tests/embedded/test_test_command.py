"""What the test command hands to pytest, and when the demo data are made anew."""

from partnership.embedded import browser, preparation, processes
from partnership.embedded.testing import options


def test_the_suite_runs_in_two_processes_unless_the_caller_decides():
    assert options(["tests/rules"], "/usr/bin/chromium") == ["-n", "3", "--dist", "worksteal", "tests/rules"]
    assert options(["-n0"], "/usr/bin/chromium") == ["-n0"]
    assert options(["-p", "no:xdist"], "/usr/bin/chromium") == ["-p", "no:xdist"]


def test_without_a_browser_pytest_gives_the_reasons_for_what_it_skips():
    assert "-rs" in options([], None)


def test_the_browser_that_is_named_goes_before_the_one_that_is_found():
    found = {"chromium": "/usr/bin/chromium", "/opt/mine": "/opt/mine"}

    assert browser.find({"CHROMIUM": "/opt/mine"}, found.get) == "/opt/mine"
    assert browser.find({}, found.get) == "/usr/bin/chromium"


def test_a_named_browser_that_is_not_there_is_not_replaced_silently():
    assert browser.find({"CHROMIUM": "/opt/gone"}, {"chromium": "/usr/bin/chromium"}.get) is None


def test_the_digest_changes_with_content_and_name_and_not_with_order(tmp_path):
    one, two = tmp_path / "0001_one.py", tmp_path / "0002_two.py"
    one.write_text("a")
    two.write_text("b")
    before = preparation.digest(tmp_path, [one, two])

    assert preparation.digest(tmp_path, [two, one]) == before
    two.write_text("c")
    assert preparation.digest(tmp_path, [one, two]) != before


def test_the_web_server_listens_to_this_machine_only_unless_told_otherwise():
    assert "127.0.0.1:8000" in processes.web(8000)
    assert "0.0.0.0:8000" in processes.web(8000, "0.0.0.0")
