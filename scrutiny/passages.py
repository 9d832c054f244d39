"""What words can be taken out of: a challenge, the view on closing it, or one answer."""

from dataclasses import dataclass

from scrutiny.models import ChallengeNote, Redaction, Response


@dataclass(frozen=True)
class Passage:
    """One passage of a challenge. Without an answer it is the scrutineer's: the challenge, or its `view`."""

    challenge: ChallengeNote
    view: bool = False
    answer: Response | None = None

    @property
    def name(self) -> str:
        """What it is called inside a sentence."""
        number = f"challenge {self.challenge.number}"
        if self.answer:
            return f"the answer of {self.answer.agency_name} to {number}"
        return f"the view on closing {number}" if self.view else number

    @property
    def as_read(self) -> str:
        """Its words as they are read today."""
        if self.answer:
            return self.answer.text_as_read
        return self.challenge.view_as_read if self.view else self.challenge.text_as_read

    @property
    def original(self) -> str:
        """Its words as they were written. Shown nowhere once others are given."""
        if self.answer:
            return self.answer.text
        return self.challenge.view if self.view else self.challenge.text

    @property
    def redactions(self) -> list[Redaction]:
        """Every redaction of it, of which the last holds."""
        if self.answer:
            return list(self.answer.redactions.all())
        rows = self.challenge.view_redactions if self.view else self.challenge.text_redactions
        return list(rows.all())

    @property
    def redaction(self) -> Redaction | None:
        """The redaction that holds, if there is one."""
        return max(self.redactions, key=lambda row: row.pk, default=None)

    @property
    def of(self) -> dict[str, ChallengeNote | Response]:
        """Which passage it is, as a redaction says it."""
        if self.answer:
            return {"answer": self.answer}
        return {"view_of" if self.view else "text_of": self.challenge}
