"""A mail relay that keeps a book of every message that it took, and can be killed. Run by path: relay.py PORT FOLDER.

A message stands in the book before it is answered with 250, as with a real relay that puts it on its disk first. While
the file `hold` is there, the answer waits: whoever kills the relay then has taken a message and said nothing.
"""

import asyncio
import os
import re
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.MULTILINE | re.IGNORECASE)
PATIENCE = 6000


class Book:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.page = os.open(folder / "book", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        found = MESSAGE_ID.search(bytes(envelope.content or b""))
        name = found[1].decode() if found else "without"
        os.write(self.page, f"{name} {' '.join(envelope.rcpt_tos)}\n".encode())
        for _ in range(PATIENCE):
            if not (self.folder / "hold").exists():
                break
            (self.folder / "held").touch()
            await asyncio.sleep(0.01)
        return "250 Ok: queued"


async def serve(port: int, folder: Path) -> None:
    book, loop = Book(folder), asyncio.get_running_loop()
    await loop.create_server(lambda: SMTP(book, hostname="relay.example", loop=loop), "127.0.0.1", port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
