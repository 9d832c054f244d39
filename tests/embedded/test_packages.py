"""How a machine without packages gets them."""

from pathlib import Path

from partnership.embedded.debian import names_in
from partnership.embedded.packages import Machine, locked, ways

NOTHING = Machine(uv=None, has_ensurepip=False, wheel=None, has_apt=False)
EVERYTHING = Machine(uv="/usr/bin/uv", has_ensurepip=True, wheel=Path("pip.whl"), has_apt=True)


def test_the_quickest_way_comes_first_and_the_others_stay_in_reserve():
    assert ways(EVERYTHING) == ("uv", "pip", "wheel", "fetched wheel")


def test_a_python_without_ensurepip_uses_the_wheel_that_the_system_keeps():
    assert ways(Machine(uv=None, has_ensurepip=False, wheel=Path("pip.whl"), has_apt=False)) == ("wheel",)


def test_a_minimal_debian_fetches_pip_with_apt():
    assert ways(Machine(uv=None, has_ensurepip=False, wheel=None, has_apt=True)) == ("fetched wheel",)


def test_a_machine_with_nothing_has_no_way():
    assert ways(NOTHING) == ()


def test_requirements_with_a_condition_do_not_count_when_an_environment_is_compared_with_the_lock():
    lock = "amqp==5.4.2 \\\n    --hash=sha256:00\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"

    assert locked(lock) == {"amqp": "5.4.2"}


def test_the_names_of_what_apt_would_install_are_read_from_its_list():
    listed = "Reading lists\n'http://mirror/libpango.deb' libpango-1.0-0_1.50.12+ds-1_amd64.deb 212 SHA256:00\n"

    assert names_in(listed) == ["libpango-1.0-0"]
