"""What changed between two texts, as plain objects: words, figures, and sections with both."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Words that stayed, came or went: `kind` is “same”, “added” or “removed”."""

    kind: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A figure that came (`before` empty), went (`after` empty) or changed, and where it stands."""

    where: str
    before: str
    after: str


@dataclass(frozen=True)
class SectionDiff:
    """One section of either document. `status` is “same”, “changed”, “added” or “removed”."""

    key: str
    title: str
    status: str
    lines: tuple[tuple[Run, ...], ...]
    figures: tuple[Figure, ...]

    @property
    def passages(self) -> list[list[tuple[Run, ...]]]:
        """The lines that changed with one line before and after each, in passages that hang together."""
        touched = [place for place, line in enumerate(self.lines) if any(run.kind != "same" for run in line)]
        shown = sorted(
            {near for place in touched for near in (place - 1, place, place + 1)} & set(range(len(self.lines)))
        )
        found: list[list[tuple[Run, ...]]] = []
        for step, place in enumerate(shown):
            if step == 0 or place != shown[step - 1] + 1:
                found.append([])
            found[-1].append(self.lines[place])
        return found

    @property
    def is_only_form(self) -> bool:
        """Whether the words are the same and only emphasis, a link's form or a picture's file differs."""
        return self.status == "changed" and all(run.kind == "same" for line in self.lines for run in line)
