"""How an address names a document inside its area."""


class DocumentAddress:
    """A kind and a period, such as `yearly-report/2025-26` or `arrangements/2026`."""

    regex = r"[a-z]+(?:-[a-z]+)*/[0-9]{4}(?:-[0-9]{2})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
