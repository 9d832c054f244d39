"""How the logs tell of a request: its address by name, with slugs and numbers; never a token, a file name or a query."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

UNKNOWN = "(no such address)"
# What a route takes as a slug or a number may be told; a `str` may be a token, a hash or the name of a file.
TELLING = re.compile(r"<(?:slug|int|document):(\w+)>")
NEVER = frozenset({"token", "secret", "code"})


def match_of(request: HttpRequest) -> ResolverMatch | None:
    """Which address of the service was asked; None when there is no such address."""
    if request.resolver_match is not None:
        return request.resolver_match
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def page_of(match: ResolverMatch | None) -> str:
    """The name of an address, such as `areas:people`."""
    return match.view_name if match else UNKNOWN


def arguments_of(match: ResolverMatch | None) -> dict[str, str]:
    """The arguments of an address that are slugs or numbers, by name."""
    if match is None:
        return {}
    telling = set(TELLING.findall(match.route)) - NEVER
    return {name: str(value) for name, value in match.kwargs.items() if name in telling}


def in_words(request: HttpRequest) -> str:
    """A request in one line, such as `GET areas:people area=leeds`."""
    match = match_of(request)
    return " ".join([str(request.method), page_of(match), *pairs(arguments_of(match))])


def pairs(arguments: Mapping[str, str]) -> list[str]:
    """Arguments as `name=value`."""
    return [f"{name}={value}" for name, value in arguments.items()]


class OneLine(logging.Filter):
    """Django tells of a request that cannot be served with an error, a stack trace and what was sent. It is nobody's error
    of ours, and whoever sends it chooses the words: here it is one line that says which kind it was.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        told = in_words(request) if isinstance(request, HttpRequest) else UNKNOWN
        record.msg, record.args = "Bad request (%s): %s", (record.name.rpartition(".")[2], told)
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
        return True


class NamesForPaths(logging.Filter):
    """Django logs the path of what it refuses, and with it the token of a link. Here the address's name stands for it."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record.args = tuple(self._told(argument, request) for argument in record.args)
        return True

    def _told(self, argument: Any, request: HttpRequest) -> Any:
        return in_words(request) if isinstance(argument, str) and argument.startswith("/") else argument
