"""What is asked of somebody before the evidence of a sealed text goes out."""

from typing import Any

from partnership.evidence import policies
from partnership.web.forms import Form
from partnership.web.lines import LineField


class TakeForm(Form):
    """Why the evidence is taken; asked of a sealed text alone."""

    reason = LineField(
        label="Why do you take it?",
        help_text="Your reason, your name and the time are put on record. Never name a child or a family.",
        max_length=policies.LONGEST_REASON,
        error_messages={"required": "Enter why you take the evidence of a sealed text"},
    )

    def __init__(self, *args: Any, is_sealed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_sealed:
            del self.fields["reason"]
