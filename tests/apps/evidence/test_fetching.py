"""One page over HTTP: nothing is given away, nothing is followed off the host, and whatever goes wrong is said."""

import socket
import time

import pytest

from partnership.evidence import fetching
from tests.apps.evidence.web_server import serving


@pytest.fixture
def site():
    with serving() as running:
        yield running


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(fetching, "ANSWER_WITHIN", 0.3)
    monkeypatch.setattr(fetching, "SILENT_AT_MOST", 0.3)


def test_a_page_is_kept_as_it_came_with_its_status_and_headers(site):
    answer = fetching.fetch(site.gives("/page", b"<h1>Report</h1>", X_Said="so"))

    assert (answer.status, answer.body, answer.failure, answer.led_to) == (200, b"<h1>Report</h1>", "", "")
    assert ("X-Said", "so") in answer.headers


def test_it_asks_as_anybody_could_and_keeps_no_cookie(site, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password secret-of-this-machine\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))

    answer = fetching.fetch(site.gives("/page", Set_Cookie="sid=secret-of-a-session"))

    (_, asked), *more = site.asked
    assert not more
    assert not {"Cookie", "Authorization"} & set(asked)
    assert ("Set-Cookie", "(left out)") in answer.headers
    assert "secret" not in str(answer)


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_another_answer_than_the_one_that_is_right_is_said_and_its_body_is_not_kept(site, status):
    answer = fetching.fetch(site.gives("/page", b"Something went wrong", status))

    assert (answer.status, answer.body) == (status, b"")
    assert answer.failure == f"It answered {status}, and not 200."


def test_a_tombstone_is_right_where_one_is_expected(site):
    answer = fetching.fetch(site.gives("/gone", b"Withdrawn", 410), expected=410)

    assert (answer.status, answer.body, answer.failure) == (410, b"Withdrawn", "")


def test_the_same_host_may_lead_on_and_it_is_said_where(site):
    there = site.gives("/there", b"Here it is")

    answer = fetching.fetch(site.gives("/here", status=302, Location="/there"))

    assert (answer.body, answer.led_to) == (b"Here it is", there)


def test_no_other_host_and_no_other_port_is_asked(site):
    with serving() as other:
        other.gives("/page")
        answers = [
            fetching.fetch(site.gives(f"/{number}", status=301, Location=where))
            for number, where in enumerate(
                (f"{other.address}/page", "file:///etc/passwd", f"{site.address.replace('127.0.0.1', 'localhost')}/x")
            )
        ]
        assert not other.asked

    assert {answer.failure for answer in answers} == {"It was led to another host, and that was not followed."}
    assert all(path != "/x" for path, _ in site.asked)


def test_a_circle_of_addresses_ends(site):
    answer = fetching.fetch(site.gives("/round", status=302, Location="/round"))

    assert answer.failure == "It was led on and on."
    assert len(site.asked) == fetching.MOST_STEPS + 1


def test_an_answer_that_is_too_long_is_not_read_to_its_end(site, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1024 * 1024)

    whole, longer = (fetching.fetch(site.gives(f"/{size}", b"x" * size)) for size in (1024 * 1024, 1024 * 1024 + 1))

    assert len(whole.body) == 1024 * 1024
    assert longer.failure == "The answer is longer than 1 MB."


def test_an_answer_that_never_comes_is_not_waited_for(site, hasty):
    site.pages["/silent"] = lambda request: time.sleep(2)
    begun = time.monotonic()

    answer = fetching.fetch(f"{site.address}/silent")

    assert answer.failure == "It did not answer in time."
    assert time.monotonic() - begun < 1.5


def test_an_answer_that_drips_is_not_waited_for(site, hasty):
    def drip(request):
        request.send_response(200)
        request.end_headers()
        for _ in range(20):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.1)

    site.pages["/drip"] = drip

    assert fetching.fetch(f"{site.address}/drip").failure == "It did not answer in time."


def test_whoever_is_not_there_is_said_not_to_be():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert fetching.fetch(f"http://127.0.0.1:{port}/").failure == "It could not be reached."
    assert fetching.fetch("http://127.0.0.1:port/").failure == "The answer broke off, or could not be understood."
