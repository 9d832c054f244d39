"""A mailbox that is read over IMAP: real sockets and TLS, and the few commands that the service gives."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Mailbox:
    """What lies in the folder, by number; who may open it; and every command that was given."""

    messages: dict[int, bytes] = field(default_factory=dict)
    password: str = "open sesame"
    folder: str = "INBOX"
    validity: int = 7
    port: int = 0
    commands: list[str] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("* OK ready")
        for line in self.rfile:
            tag, _, rest = line.decode().strip().partition(" ")
            self.server.box.commands.append(rest)  # type: ignore[attr-defined]
            answer = "OK done" if self._of_the_archive(rest) else self._answer(rest)
            self._say(f"{tag} {answer}")
            if rest.upper().startswith("LOGOUT"):
                return

    def _answer(self, command: str) -> str:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        word = command.upper()
        if word.startswith("CAPABILITY"):
            self._say("* CAPABILITY IMAP4rev1")
        elif word.startswith("LOGIN"):
            return "OK in" if box.password in command else "NO wrong"
        elif word.startswith("EXAMINE"):
            if f'"{box.folder}"' not in command:
                return "NO no such folder"
            self._say(f"* {len(box.messages)} EXISTS\r\n* OK [UIDVALIDITY {box.validity}] here")
        elif word.startswith("UID SEARCH"):
            first = int(re.findall(r"(\d+):\*", command)[0])
            found = [n for n in box.messages if n >= first] or list(box.messages)[-1:]
            self._say("* SEARCH " + " ".join(map(str, found)))
        elif found := re.match(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            self._fetch(int(found[1]), int(found[2]))
        elif not word.startswith(("LOGOUT", "NOOP")):
            return "BAD not here"
        return "OK done"

    def _of_the_archive(self, command: str) -> bool:
        """What is asked of the folder with the copies. False for any other command."""
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        if found := re.match(r'UID SEARCH HEADER Message-ID "(.+)"', command):
            self._say("* SEARCH " + " ".join(str(n) for n, raw in box.messages.items() if found[1].encode() in raw))
        elif command.startswith("UID SEARCH SINCE"):
            self._say("* SEARCH " + " ".join(map(str, box.messages)))
        elif found := re.match(r"UID FETCH ([\d,]+) \(INTERNALDATE BODY\.PEEK\[HEADER\.FIELDS", command):
            for number in found[1].split(","):
                self._fetch_headers(int(number))
        else:
            return False
        return True

    def _fetch(self, number: int, most: int) -> None:
        raw = self.server.box.messages.get(number)  # type: ignore[attr-defined]
        if raw is not None:
            part = raw[:most]
            self.wfile.write(f"* 1 FETCH (UID {number} BODY[]<0> {{{len(part)}}}\r\n".encode() + part + b")\r\n")

    def _fetch_headers(self, number: int) -> None:
        raw = self.server.box.messages.get(number)  # type: ignore[attr-defined]
        if raw is not None:
            head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            told = f'UID {number} INTERNALDATE "14-Sep-2026 10:30:00 +0100" BODY[HEADER.FIELDS (TO)] {{{len(head)}}}'
            self.wfile.write(f"* 1 FETCH ({told}\r\n".encode() + head + b")\r\n")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True
    box: Mailbox
    context: ssl.SSLContext

    def get_request(self) -> Any:
        connection, where = super().get_request()
        return self.context.wrap_socket(connection, server_side=True), where

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that turns away is what some tests are about."""


@contextmanager
def serving(box: Mailbox, context: ssl.SSLContext) -> Iterator[Mailbox]:
    """Serve the mailbox on a free port of the loopback until the block ends."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.box, server.context = box, context
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join(5)
