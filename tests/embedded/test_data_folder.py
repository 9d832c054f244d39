"""One command at a time runs servers in a data folder; the others find them."""

import pytest

from partnership.embedded.data_folder import DataFolder, chosen
from partnership.embedded.report import CannotStart


def test_the_argument_goes_before_the_variable_and_the_variable_before_the_default(tmp_path):
    assert chosen(tmp_path, "/given", {"DATA_DIR": "/variable"}).as_posix() == "/given"
    assert chosen(tmp_path, None, {"DATA_DIR": "/variable"}).as_posix() == "/variable"
    assert chosen(tmp_path, None, {}) == tmp_path / ".data"


def test_a_second_command_on_the_same_folder_is_refused_with_the_name_of_the_first(tmp_path):
    with (
        DataFolder(tmp_path).held("up"),
        pytest.raises(CannotStart, match=r"`manage.py up` \(process \d+\) already uses"),
        DataFolder(tmp_path).held("up"),
    ):
        pass


def test_the_addresses_are_found_only_while_their_command_runs(tmp_path):
    with DataFolder(tmp_path).held("servers"):
        DataFolder(tmp_path).publish({"BROKER_URL": "redis://here"})

        assert DataFolder(tmp_path).published() == {"BROKER_URL": "redis://here"}
    assert DataFolder(tmp_path).published() is None


def test_addresses_left_by_a_killed_command_are_not_believed(tmp_path):
    DataFolder(tmp_path).publish({"BROKER_URL": "redis://gone"})
    (tmp_path / "lock").touch()

    assert DataFolder(tmp_path).published() is None


def test_only_the_owner_can_read_the_addresses(tmp_path):
    DataFolder(tmp_path).publish({"DATABASE_URL": "postgresql://secret"})

    assert (tmp_path / "running.json").stat().st_mode & 0o777 == 0o600


def test_a_command_that_never_gets_ready_is_not_waited_for_without_end(tmp_path):
    with DataFolder(tmp_path).held("up"), pytest.raises(CannotStart, match="has been starting"):
        DataFolder(tmp_path).published(patience=0.2)
