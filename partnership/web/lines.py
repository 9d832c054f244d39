"""What is typed into one line, as it is kept."""

from partnership.errors import WrongState


def line_of(text: str, *, longest: int, missing: str = "") -> str:
    """Text in one line without stray spaces. `missing` is the sentence for nothing, where something is needed."""
    cleaned = " ".join(text.split())
    if missing and not cleaned:
        raise WrongState(missing)
    if len(cleaned) > longest:
        raise WrongState(f"Shorten “{cleaned[:40]}…” to {longest} characters or fewer.")
    return cleaned
