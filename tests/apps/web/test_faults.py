"""Fault points do nothing but for the harness, and each arming works once."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from partnership.web import faults

ROOT = Path(__file__).resolve().parents[3]
PLACE = "P4_after_claim"


@pytest.fixture
def folder(tmp_path, settings):
    for name in ("armed", "taken", "reached", "go"):
        (tmp_path / name).mkdir()
    settings.FAULT_FOLDER = str(tmp_path)
    return tmp_path


def arm(folder, action):
    (folder / "armed" / PLACE).write_text(action)


def test_without_a_folder_nothing_is_looked_at(folder, settings):
    arm(folder, faults.KILL)
    settings.FAULT_FOLDER = ""

    faults.point(PLACE)

    assert (folder / "armed" / PLACE).exists()


def test_a_place_that_is_not_armed_does_nothing(folder):
    faults.point(PLACE)

    assert not any((folder / "reached").iterdir())


def test_whoever_comes_first_tells_and_waits_and_the_next_one_passes(folder):
    arm(folder, faults.WAIT)
    waiting = threading.Thread(target=lambda: faults.point(PLACE))
    waiting.start()
    while not (folder / "reached" / PLACE).exists():
        assert waiting.is_alive()
        time.sleep(0.01)

    faults.point(PLACE)
    assert waiting.is_alive()
    (folder / "go" / PLACE).touch()
    waiting.join(10)

    assert not waiting.is_alive()
    assert (folder / "reached" / PLACE).read_text() == str(os.getpid())
    assert not (folder / "go" / PLACE).exists()


def test_a_harness_that_is_gone_holds_nobody_up(folder, monkeypatch):
    monkeypatch.setattr(faults, "PATIENCE", 0)
    arm(folder, faults.WAIT)

    faults.point(PLACE)

    assert (folder / "reached" / PLACE).exists()  # it came there, and went on


def test_what_is_to_be_lost_is_raised(folder):
    arm(folder, faults.LOSE)
    (folder / "go" / PLACE).touch()

    with pytest.raises(faults.Lost):
        faults.point(PLACE)


def test_a_process_that_is_to_die_kills_itself_and_leaves_word(folder):
    arm(folder, faults.KILL)
    code = (
        "from django.conf import settings; "
        f"settings.configure(FAULT_FOLDER={str(folder)!r}, PRACTICE=True); "
        f"from partnership.web import faults; faults.point({PLACE!r})"
    )

    died = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)

    assert died.returncode == -signal.SIGKILL
    assert (folder / "reached" / PLACE).exists()


def test_outside_of_the_practice_area_a_folder_stops_the_start(folder, settings):
    settings.PRACTICE = False

    with pytest.raises(ImproperlyConfigured):
        apps.get_app_config("web").ready()


def test_no_settings_of_the_service_name_a_folder():
    named = {
        path.name: re.findall(r"FAULT_FOLDER = (.*?)  #", path.read_text())
        for path in (ROOT / "partnership/settings").glob("*.py")
        if "FAULT_FOLDER" in path.read_text()
    }

    assert named == {"base.py": ['""']}


def test_each_point_stands_at_one_place():
    texts = [path.read_text() for path in (ROOT / "partnership").rglob("*.py")]
    placed = re.findall(r'faults\.point\("(\w+)"\)', "\n".join(texts))

    assert sorted(placed) == sorted(faults.POINTS)
