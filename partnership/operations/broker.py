"""Asking the broker whether it answers, and how much waits in its queues."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from kombu.exceptions import ChannelError

from partnership.celery import app

PATIENCE = 2  # seconds that the broker has to answer


@contextmanager
def reached() -> Iterator[Any]:
    """A channel of the broker; opening one asks it for an answer. Raises what the broker raises, after two seconds."""
    options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
    with app.connection_for_read(connect_timeout=PATIENCE, transport_options=options) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)
        channel = broker.channel()
        try:
            yield channel
        finally:
            channel.close()


def lengths(queues: Iterable[str]) -> dict[str, int]:
    """How many tasks wait in each of these queues, without those that a worker has taken. Raises what the broker raises."""
    with reached() as channel:
        return {queue: _length(channel, queue) for queue in queues}


def _length(channel: Any, queue: str) -> int:
    try:
        return int(channel.queue_declare(queue=queue, passive=True).message_count)
    except ChannelError:  # an empty queue is none, as far as this broker is concerned
        return 0
