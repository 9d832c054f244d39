"""One run: bring a process to a point, kill, start again, go on, and wait until everything is accounted for."""

import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

from partnership.web import faults
from tests.apps.mail import samples
from tests.kill import accounting
from tests.kill.house import FAULTS, House, wait_until
from tests.kill.runs import Run

STUCK = 180  # seconds by which the clock jumps: more than the two minutes after which a message is stuck
IN_WEB = faults.POINTS[:3]
STILL = 0.6  # seconds without a change, after which nothing but the clock can help
LOOK = """
SELECT id, status, attempts, (SELECT count(*) FROM mail_incomingmail) FROM mail_outgoingmail
WHERE status IN ('queued', 'sending', 'waiting') ORDER BY id
"""
BEAT = "SELECT at FROM operations_heartbeat WHERE name = 'tick'"


class Case:
    """A run in the house. `number` makes its messages its own."""

    def __init__(self, house: House, run: Run, number: int, report: dict[str, int] | None) -> None:
        self.house, self.run, self.number = house, run, number
        # A lost hint is lost only where no second one follows.
        many = 1 if run.place == "P2_hint" else 2
        self.order: dict[str, Any] = {"act": "send", "key": f"run-{number}", "many": many}
        if report:
            self.order = {"act": "publish", **report}
        self.other: dict[str, Any] = {"act": "send", "key": f"other-{number}", "many": 2}
        self.begun: list[tuple[dict[str, Any], socket.socket]] = []
        self.looked = time.monotonic()

    def perform(self) -> None:
        self._disarm()
        if self.run.place == "P11_incoming":
            self._come_back()
        elif self.run.place == "P11_sweep":
            self._be_swept()
        else:
            self._stop_on_the_way()
        if self.run.victim == "web" and not self.run.is_in_web:  # killed in the middle of another submission
            self._arm("P0_before_commit", faults.WAIT)
            self._begin(self.other)
            self._reached("P0_before_commit")
        self._strike()
        for order, connection in self.begun:
            self._ask_again(order, _answer(connection))
        self.settle()
        if self.run.victim == "broker":  # what was done before it went says nothing of whether the worker found back
            self._wait_for_beat(self.house.rows(BEAT))
            self._wait_for_beat(self.house.rows(BEAT))
        self.house.end_killed()
        self.house.keep_running()

    def _disarm(self) -> None:
        folders = [
            _folder(self.house, place) / name for place in ("P0_before_commit", "P4_after_claim") for name in FAULTS
        ]
        for path in [path for folder in folders for path in folder.iterdir()]:
            path.unlink()

    # To the point.

    def _stop_on_the_way(self) -> None:
        if self.run.is_held:
            (self.house.folder / "hold").touch()
        self._arm(self.run.place, self._action())
        self._begin(self.order)
        self._reached(self.run.place)
        if self.run.is_held:
            wait_until((self.house.folder / "held").exists, "The relay's taking of the message")

    def _be_swept(self) -> None:
        """A message whose process died, found by the sweep."""
        self._arm("P4_after_claim", faults.KILL)
        self._begin(self.order)
        self._reached("P4_after_claim")
        self._arm(self.run.place, self._action())
        self.house.move_clock(STUCK)
        self._reached(self.run.place)

    def _come_back(self) -> None:
        """A message that was sent, and bounces."""
        assert _answer(self.house.begin(self.order)) == "done"
        self.settle()
        ((name, sent_from, key),) = self.house.rows(
            "SELECT message_id, envelope_from, dedupe_key FROM mail_outgoingmail"
            " WHERE status = 'sent' AND envelope_from <> '' ORDER BY id DESC LIMIT 1"
        )
        self._arm(self.run.place, self._action())
        raw = f"X-Practice-Envelope-To: {sent_from}\r\n".encode() + samples.postfix_bounce(sent_from, name)
        part = self.house.folder / "mailbox" / "part"
        part.write_bytes(raw.replace(b"4XyZ@mx", key.encode().replace(b":", b".") + b"@mx"))
        part.rename(part.with_name(f"{time.time_ns() // 1_000_000}-{self.number:08x}.eml"))
        self._reached(self.run.place)

    def _action(self) -> str:
        """Who is to die kills itself every other time, so that not a moment lies between the point and its end."""
        if self.run.victim in {"web", "pool child"} and self.run.waiter_dies and self.run.round % 2 == 0:
            return faults.KILL
        return faults.LOSE if self.run.place == "P2_hint" else faults.WAIT

    def _arm(self, place: str, action: str) -> None:
        part = _folder(self.house, place) / "taken" / "arming"
        part.write_text(action)
        part.rename(part.parents[1] / "armed" / place)

    def _begin(self, order: dict[str, Any]) -> None:
        self.begun.append((order, self.house.begin(order)))

    def _reached(self, place: str) -> int:
        path = _folder(self.house, place) / "reached" / place
        wait_until(path.exists, f"Coming to {place}")
        return int(path.read_text())

    # The blow, and after it.

    def _strike(self) -> None:
        run, house = self.run, self.house
        if run.waiter_dies and run.victim == "pool child":
            self._kill_once(self._reached(run.place))
        else:
            house.kill(run.victim, alone=run.alone)
        for path in ("hold", "held"):
            (house.folder / path).unlink(missing_ok=True)
        if run.goes_first:
            self._go()
        if run.victim != "pool child":
            house.start(run.victim)
        if not run.goes_first:
            self._go()

    def _kill_once(self, pid: int) -> None:
        """The worker's own child, unless it killed itself already and its number may be somebody else's by now."""
        if self._action() != faults.KILL:
            os.kill(pid, signal.SIGKILL)

    def _go(self) -> None:
        if not self.run.waiter_dies:
            go = _folder(self.house, self.run.place) / "go" / self.run.place
            go.touch()
            wait_until(lambda: not go.exists(), f"Going on from {self.run.place}")

    def _ask_again(self, order: dict[str, Any], answer: str) -> None:
        """Whoever was told that it is done can rely on it. Whoever was told nothing finds all or nothing, and repeats."""
        rows, many = self._messages(order), order.get("many", 2)
        if answer == "done":
            assert rows == many, f"{order} was said to be done, and has {rows} messages"
            return
        if order is self.other or self.run.point == 0:
            assert rows == 0, f"{order} was never committed, and has {rows} messages"
        else:
            assert rows == many, f"{order} was committed, and has {rows} messages"
        wait_until(lambda: _answer(self.house.begin(order)) == "done", f"Repeating {order}")
        assert self._messages(order) == many

    def _messages(self, order: dict[str, Any]) -> int:
        if order["act"] == "send":
            found = self.house.rows(
                "SELECT count(*) FROM mail_outgoingmail WHERE dedupe_key LIKE %s", f"{order['key']}:%"
            )
        else:
            found = self.house.rows(
                "SELECT count(*) FROM submissions_submission s JOIN documents_proposal p ON p.version_id = s.version_id"
                " JOIN mail_outgoingmail m ON m.id = s.mail_id WHERE p.id = %s",
                order["proposal"],
            )
        return int(found[0][0])

    def settle(self) -> None:
        """Wait until all is final or uncertain. Where nothing changes any more, the clock jumps: a retry, or the sweep."""
        before, since = None, time.monotonic()

        def settled() -> bool:
            nonlocal before, since
            self._keep_running()
            now = self.house.rows(LOOK)
            if not now and self._came_back_once():
                return True
            if now != before:
                before, since = now, time.monotonic()
            elif time.monotonic() > since + STILL and any(status != "queued" for _, status, *_ in now):
                self.house.move_clock(STUCK)
                since = time.monotonic()
            return False

        wait_until(settled, "The end of every message")

    def _wait_for_beat(self, last: list[tuple[Any, ...]]) -> None:
        def has_come() -> bool:
            self._keep_running()
            return self.house.rows(BEAT) != last

        wait_until(has_come, "The worker's return to the broker")

    def _keep_running(self) -> None:
        if time.monotonic() > self.looked + 1:
            self.house.keep_running()
            self.looked = time.monotonic()

    def _came_back_once(self) -> bool:
        """What came into the mailbox is kept, once each, and the mark stands behind the last of it."""
        letters = sorted(path.name for path in (self.house.folder / "mailbox").glob("*.eml"))
        if not letters:
            return True
        marks = self.house.rows("SELECT mark FROM mail_mailboxmark")
        if not marks or marks[0][0] != letters[-1]:
            return False
        kept = self.house.rows("SELECT count(*), count(answers_id) FROM mail_incomingmail")
        assert kept == [(len(letters), len(letters))], f"{len(letters)} came in, kept and matched: {kept}"
        return True


def _folder(house: House, place: str) -> Path:
    """Where a place is armed: for the web process, or for the worker's."""
    return house.folder / ("web" if place in IN_WEB else "others")


def _answer(connection: socket.socket) -> str:
    """What the web process said; nothing when it was killed."""
    with connection, connection.makefile("r") as lines:
        try:
            return str(json.loads(lines.readline() or '""'))
        except ConnectionError:
            return ""


def perform(house: House, run: Run, number: int, report: dict[str, int] | None, uncertain: dict[str, int]) -> Any:
    """Do one run and hold everything against the relay's book. Returns the number of messages in each state."""
    case = Case(house, run, number, report)
    case.perform()
    return accounting.check(house, uncertain, case.settle)
