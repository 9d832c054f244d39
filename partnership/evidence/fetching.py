"""Asking for one public page over HTTP, as anybody could: no cookie, no sign-in, one host, a limit to time and size."""

import time
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import requests

CONNECT_WITHIN, SILENT_AT_MOST, ANSWER_WITHIN = 5, 5, 20  # seconds
LARGEST = 5 * 1024 * 1024
MOST_STEPS = 3  # that the same host may send it on
MOST_HEADERS, LONGEST_HEADER = 60, 2000
PIECE = 64 * 1024
HEADERS = {"User-Agent": "safeguarding-partnership-evidence", "Accept": "text/html", "Accept-Encoding": "identity"}
# What a public page has no business to send, and nobody who is handed the evidence has one to know.
LEFT_OUT = {"set-cookie", "proxy-authenticate", "www-authenticate"}
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Answer:
    """What came back. `failure`: why it is not what was wanted, as a sentence; empty when it is."""

    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    failure: str = ""
    led_to: str = ""


class _Stopped(Exception):
    """Why the answer is not read any further."""


def fetch(address: str, *, expected: int = HTTPStatus.OK) -> Answer:
    """What stands at an address now; good is an answer with the status `expected`.

    Never raises for what a network or the other side does: the failure is said. No address but its own host is asked.
    """
    stop_at = time.monotonic() + ANSWER_WITHIN
    try:
        return _fetched(address, expected, stop_at)
    except _Stopped as stopped:
        return Answer(failure=str(stopped))
    except requests.exceptions.SSLError:
        return Answer(failure="Its certificate was not accepted.")
    except requests.exceptions.Timeout:
        return Answer(failure="It did not answer in time.")
    except requests.exceptions.ConnectionError:
        return Answer(failure="It could not be reached.")
    except (requests.RequestException, ValueError, OSError):
        return Answer(failure="The answer broke off, or could not be understood.")


def _fetched(address: str, expected: int, stop_at: float) -> Answer:
    here, first = address, address
    for _ in range(MOST_STEPS + 1):
        with _asked(here) as response:
            if response.is_redirect:
                here = _next(here, response)
                continue
            answer = Answer(response.status_code, _headers(response), led_to=here if here != first else "")
            if response.status_code != expected:
                return replace(answer, failure=f"It answered {response.status_code}, and not {int(expected)}.")
            return replace(answer, body=_body(response, stop_at))
    raise _Stopped("It was led on and on.")


def _asked(address: str) -> requests.Response:
    """One request. `auth` does nothing: without it, requests would look for a password in a file of this machine."""
    return requests.get(
        address,
        headers=HEADERS,
        timeout=(CONNECT_WITHIN, SILENT_AT_MOST),
        allow_redirects=False,
        stream=True,
        auth=lambda request: request,
    )


def _next(here: str, response: requests.Response) -> str:
    """Where a host leads: to itself, or to itself over TLS; anything else is not followed."""
    there = urljoin(here, response.headers["location"])
    if _place(there) == _place(here) or _place(there) == ("https", _place(here)[1], PORTS["https"]):
        return there
    raise _Stopped("It was led to another host, and that was not followed.")


def _place(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or PORTS.get(parts.scheme)


def _headers(response: requests.Response) -> tuple[tuple[str, str], ...]:
    kept = [
        (name, "(left out)" if name.lower() in LEFT_OUT else value[:LONGEST_HEADER])
        for name, value in response.headers.items()
    ]
    return tuple(kept[:MOST_HEADERS])


def _body(response: requests.Response, stop_at: float) -> bytes:
    read = bytearray()
    for piece in response.iter_content(PIECE):
        read += piece
        if len(read) > LARGEST:
            raise _Stopped(f"The answer is longer than {LARGEST // 1024 // 1024} MB.")
        if time.monotonic() > stop_at:
            raise _Stopped("It did not answer in time.")
    return bytes(read)
