"""The local mailbox: takes every message over SMTP, sends none on, and keeps each as one file.

Run as a program of its own, by path, so it imports nothing of ours:  mailbox.py --port 2525 --folder .data/mailbox
"""

import argparse
import asyncio
import hashlib
import itertools
import os
import signal
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 40_000_000  # bytes; the national bodies' own limits are lower


class Keeper:
    """aiosmtpd's handler: one file per message, <milliseconds>-<sha8>.eml, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)  # as it came: the server is not told to decode
        store(self.folder, envelope.mail_from or "", envelope.rcpt_tos, envelope.content)
        return "250 Kept in the local mailbox"


def store(folder: Path, sender: str, recipients: list[str], content: bytes) -> Path:
    """Keep one message with its envelope as two headers on top; the path, which no other message has."""
    head = f"X-Practice-Envelope-From: {sender}\r\nX-Practice-Envelope-To: {', '.join(recipients)}\r\n"
    message = head.encode() + content
    mark = hashlib.sha256(message).hexdigest()[:8]
    part = folder / f".{os.getpid()}-{mark}.part"
    part.write_bytes(message)
    try:
        for millis in itertools.count(time.time_ns() // 1_000_000):
            path = folder / f"{millis}-{mark}.eml"
            try:
                os.link(part, path)
            except FileExistsError:
                continue
            return path
    finally:
        part.unlink()
    raise AssertionError("unreachable: the count is endless")


async def serve(port: int, folder: Path) -> None:
    """Serve until TERM or INT."""
    folder.mkdir(parents=True, exist_ok=True)
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(
        lambda: SMTP(Keeper(folder), data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="localhost"),
        "127.0.0.1",
        port,
    )
    await ended.wait()
    server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Keep all mail in a folder.")
    parser.add_argument("--port", type=int, default=2525)
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get("DATA_DIR", ".data")) / "mailbox")
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.folder))


if __name__ == "__main__":
    main()
