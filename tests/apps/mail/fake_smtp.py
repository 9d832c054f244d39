"""A relay that behaves as a script says, and keeps what it accepted. Real sockets, real SMTP."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult


@dataclass
class Relay:
    """What to answer at each step, and what came.

    `rcpt` maps a recipient to the answer at RCPT; `breaks` is "", "before_final_dot" or "after_final_dot". `silent_at`
    and `hangs_up_at` name a command, MAIL, RCPT or DATA, that gets no answer, or the end of the connection for one.
    """

    port: int = 0
    greeting: str = ""
    mail: str = ""
    rcpt: dict[str, str] = field(default_factory=dict)
    data: str = ""
    final: str = "250 Ok: queued as 4XyZ"
    breaks: str = ""
    silent_at: str = ""
    hangs_up_at: str = ""
    final_takes: float = 0
    accepts_password: bool = True
    messages: list[tuple[str, str, bytes]] = field(default_factory=list)
    connections: int = 0
    when_accepting: threading.Event = field(default_factory=threading.Event)


class _Handler:
    def __init__(self, relay: Relay) -> None:
        self.relay = relay

    async def handle_MAIL(self, server, session, envelope, address, options):
        await server.stand_still_at("MAIL")
        if self.relay.mail:
            return self.relay.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await server.stand_still_at("RCPT")
        if answer := self.relay.rcpt.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.relay.when_accepting.set()
        if self.relay.final_takes:
            await asyncio.sleep(self.relay.final_takes)
        if self.relay.final.startswith("250"):
            self.relay.messages.append((envelope.mail_from, *envelope.rcpt_tos, envelope.original_content))
        if self.relay.breaks == "after_final_dot":
            server.transport.abort()
        return self.relay.final


class _Server(SMTP):
    relay: Relay
    has_greeted = False

    def connection_made(self, transport) -> None:
        # STARTTLS calls this a second time for the same connection.
        self.relay.connections += 1
        super().connection_made(transport)

    async def push(self, status) -> None:
        if not self.has_greeted:
            self.has_greeted, status = True, self.relay.greeting or status
        await super().push(status)

    async def stand_still_at(self, command: str) -> None:
        if self.relay.hangs_up_at == command:
            self.transport.abort()
        if self.relay.silent_at == command:
            await asyncio.sleep(30)

    async def smtp_DATA(self, arg: str) -> None:
        await self.stand_still_at("DATA")
        if self.relay.data:
            await self.push(self.relay.data)
            return
        if self.relay.breaks == "before_final_dot":
            await self.push("354 Go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


@contextmanager
def serving(
    relay: Relay, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
) -> Iterator[Relay]:
    """Run the relay on a free port of the loopback, in a thread of its own, until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    # Started in the loop's own thread: that of a browser test has a running loop of its own.
    starting = loop.create_server(lambda: _new_session(relay, loop, starttls), "127.0.0.1", 0, ssl=tls)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(5)
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_end(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


def _new_session(relay: Relay, loop: asyncio.AbstractEventLoop, starttls: ssl.SSLContext | None) -> SMTP:
    def authenticate(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=relay.accepts_password, handled=False)

    session = _Server(
        _Handler(relay),
        hostname="relay.example",
        tls_context=starttls,
        authenticator=authenticate,
        auth_require_tls=False,
        loop=loop,
    )
    session.relay = relay
    return session


async def _end() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
