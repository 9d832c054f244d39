"""Which runs there are: where a process stands when something is killed, and what is killed."""

from dataclasses import dataclass

from partnership.web import faults
from tests import night

VICTIMS = ("web", "relay", "pool child", "worker", "beat", "broker", "database")
LAST = 11  # the sweep, or what came back
POINTS = range(LAST + 1)
ROUNDS = 5  # in a night, of each point with each victim

# For every run of the tests, what says the most: who stands at the point, and what it speaks to just then.
TELLING: dict[int, tuple[str, ...]] = {
    0: ("web", "database", "broker"),
    1: ("web", "database", "worker"),
    2: ("web", "broker", "beat"),
    3: ("pool child", "database", "worker"),
    4: ("pool child", "worker", "database", "beat"),
    5: ("relay", "pool child", "database"),
    6: ("relay", "worker", "pool child"),
    7: ("pool child", "relay", "worker"),
    8: ("relay", "pool child", "worker", "relay"),
    9: ("database", "worker", "pool child", "broker", "web"),
    10: ("broker", "pool child", "worker", "beat"),
    11: ("database", "pool child", "worker", "beat"),
}
# Here the act is the publication of a report, with its submissions; elsewhere two messages in one transaction.
PUBLICATIONS = {(0, "web"), (1, "web"), (4, "pool child"), (8, "relay"), (9, "database")}


@dataclass(frozen=True)
class Run:
    """One of them. `round` changes what can be one way or the other: see the properties."""

    point: int
    victim: str
    round: int

    def __str__(self) -> str:
        return f"{self.place}, {self.victim}, {self.round}"

    @property
    def place(self) -> str:
        """The name of the fault point; the last two share a number, and take turns."""
        return faults.POINTS[self.point + (self.point == LAST and self.round % 2)]

    @property
    def publishes(self) -> bool:
        return (self.point, self.victim) in PUBLICATIONS

    @property
    def is_in_web(self) -> bool:
        """Who stands at the point: the web process, or else a pool child."""
        return self.point <= 2

    @property
    def alone(self) -> bool:
        """Of a worker the main process alone is killed, and its pool is left to itself."""
        return self.victim == "worker" and self.round % 2 == 1

    @property
    def goes_first(self) -> bool:
        """Whoever waits goes on while the victim is still away, or once it is back."""
        return self.round % 2 == 1

    @property
    def is_held(self) -> bool:
        """The relay is killed when it has taken the message and said nothing yet."""
        return (self.point, self.victim) == (8, "relay") and self.round % 2 == 0

    @property
    def waiter_dies(self) -> bool:
        who = "web" if self.is_in_web else "pool child"
        return self.victim == who or (who == "pool child" and self.victim == "worker")


def chosen() -> list[Run]:
    """Those of this time: the telling ones, or in a night all, each five times."""
    if night.IS_NIGHT:
        return [Run(point, victim, number) for number in range(ROUNDS) for point in POINTS for victim in VICTIMS]
    return [
        Run(point, victim, point + place) for point, victims in TELLING.items() for place, victim in enumerate(victims)
    ]
