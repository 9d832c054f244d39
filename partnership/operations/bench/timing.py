"""Measuring and showing. Two things are measured in turn, so that a busy machine slows both."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MILLISECONDS = 1000


@dataclass(frozen=True)
class Times:
    """What was measured, in milliseconds."""

    name: str
    runs: tuple[float, ...]

    @property
    def cells(self) -> list[str]:
        figures = (statistics.median(self.runs), min(self.runs), max(self.runs))
        return [self.name, *(f"{figure:,.1f}" for figure in figures)]


def in_turn(acts: Sequence[tuple[str, Callable[[], object]]], runs: int) -> list[Times]:
    """Each act `runs` times, one after the other, after one run of each that does not count."""
    taken: dict[str, list[float]] = {name: [] for name, _ in acts}
    for number in range(runs + 1):
        for name, act in acts:
            began = time.perf_counter()
            act()
            if number:
                taken[name].append((time.perf_counter() - began) * MILLISECONDS)
    return [Times(name, tuple(times)) for name, times in taken.items()]


def ratio(ours: Times, bare: Times) -> str:
    """How many times as long ours took, by the medians."""
    return f"{statistics.median(ours.runs) / statistics.median(bare.runs):.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for a terminal: the first column to the left, figures to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *figures = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in figures)])
