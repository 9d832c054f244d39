"""Children that start, stop and end together."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from partnership.embedded import supervisor
from partnership.embedded.report import CannotStart
from partnership.embedded.supervisor import BACK, FRONT, Household, Part, in_foreground

ROOT = Path(__file__).resolve().parents[2]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
time.sleep(60)
"""


@pytest.fixture
def household(tmp_path):
    handlers = {number: signal.getsignal(number) for number in supervisor.SIGNALS}
    with Household(tmp_path / "log", os.environ, tmp_path) as made:
        yield made
    for number, handler in handlers.items():
        signal.signal(number, handler)


def gone(pid, seconds=8):
    """Whether the process is gone, or a zombie that nobody has fetched, within some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
        if not state or state.startswith("Z"):
            return True
        time.sleep(0.05)
    return False


def test_leaving_the_household_stops_the_front_before_the_back(tmp_path, household):
    note = "import signal,sys,time; signal.signal(15, lambda *_: (open('order','a').write(sys.argv[1]), sys.exit())); "
    note += "open(sys.argv[1], 'w'); time.sleep(60)"
    household.start(Part("database", [sys.executable, "-c", note, "back "], BACK))
    household.start(Part("web", [sys.executable, "-c", note, "front "], FRONT))
    household.wait_until(lambda: (tmp_path / "back ").exists() and (tmp_path / "front ").exists(), "Both")

    household.stop_all()

    assert (tmp_path / "order").read_text() == "front back "


def test_a_child_that_dies_is_named_with_its_log_and_last_words(household):
    household.start(Part("worker", SLEEP))
    household.start(Part("beat", [sys.executable, "-c", "print('no schedule'); raise SystemExit(3)"]))

    with pytest.raises(CannotStart, match=r"(?s)no schedule.*beat stopped by itself \(code 3\).*beat\.log"):
        household.watch()


def test_a_child_that_does_not_stop_is_ended_with_all_of_its_session(household, monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE", 0.5)
    child = household.start(Part("web", [sys.executable, "-c", STUBBORN]))
    time.sleep(0.5)
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(child.process.pid)], capture_output=True, text=True, check=True
    )

    household.stop_all()

    assert gone(int(listed.stdout.split()[0]))


def test_something_that_never_answers_is_given_up_with_a_sentence(household):
    with pytest.raises(CannotStart, match="The database did not answer within 0 seconds"):
        household.wait_until(lambda: False, "The database", seconds=0.1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGHUP, 0), (signal.SIGKILL, -9)]
)
def test_however_the_parent_ends_no_child_is_left(tmp_path, number, code):
    program = f"""
        import os, sys
        from pathlib import Path
        sys.path.insert(0, {str(ROOT / "partnership")!r})
        from embedded.supervisor import Household, Part, quietly
        with quietly(), Household(Path("log"), os.environ, Path(".")) as household:
            easy = household.start(Part("easy", {SLEEP!r}))
            stubborn = household.start(Part("stubborn", [sys.executable, "-c", {STUBBORN!r}]))
            print(easy.process.pid, stubborn.process.pid, flush=True)
            household.watch()
    """
    program = program.replace("household.watch()", "import embedded.supervisor as s; s.GRACE = 1; household.watch()")
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    children = [int(word) for word in parent.stdout.readline().split()]
    time.sleep(0.5)

    parent.send_signal(number)

    assert parent.wait(15) == code
    parent.stdout.close()
    assert all(gone(child) for child in children)


def test_a_foreground_command_hands_on_its_exit_code(tmp_path):
    assert in_foreground([sys.executable, "-c", "raise SystemExit(7)"], os.environ, tmp_path) == 7
