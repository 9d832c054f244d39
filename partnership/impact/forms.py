"""What people write about effects and their evidence. A form says what is wrong at its field and keeps what was typed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from partnership import clock
from partnership.documents import fonts
from partnership.documents.forms import NO_CASES, STALE
from partnership.impact.models import Claim, Evidence, Kind, LittleProgress, Priority, Sort
from partnership.impact.policies import LONGEST
from partnership.web.forms import DayField, Form

PRINTED = "It is signed and printed with the report."
SMALL = (
    "A small number can show who a child is, above all beside a place, an age or a date. Where it might, leave the field "
    "empty and tick below."
)
NEITHER = ""


def _area(label: str, missing: str, *, hint: str = "", required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=f"{hint} {NO_CASES}".strip(),
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "true"}),
        max_length=LONGEST,
        required=required,
        error_messages={"required": missing},
    )


def _seen() -> forms.IntegerField:
    return forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), STALE)
    )


class _Printed(Form):
    """Words that are printed: each field says which of its characters cannot be."""

    def clean(self) -> None:
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and (strange := fonts.unknown(value)):
                self.add_error(name, f"These characters cannot be printed: {' '.join(strange)}. Use words instead.")


class KindsForm(Form):
    """What each passage claims, what was marked when the page was drawn, and of which text."""

    seen_revision = _seen()

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.chosen = {name.removeprefix("kind-"): str(data[name]) for name in data if name.startswith("kind-")}
        pairs = (value.partition(":") for value in data.getlist("seen"))
        self._seen = {key: kind for key, _, kind in pairs}

    def clean(self) -> None:
        if set(self.chosen.values()) - {NEITHER, *Kind.values}:
            raise forms.ValidationError("Choose activity, output or effect for each passage that claims something.")

    def kinds(self) -> dict[str, str]:
        """What was changed on this page, by the identifiers of the passages."""
        return {key: kind for key, kind in self.chosen.items() if kind != self._seen.get(key, NEITHER)}


class DescribeForm(_Printed):
    """For whom an effect is, and which priorities it serves."""

    for_whom = forms.CharField(
        label="For whom is it different?",
        help_text=f"A group of children, families or practitioners. {NO_CASES}",
        max_length=300,
        error_messages={"required": "Say for whom it is different."},
    )
    priorities = forms.TypedMultipleChoiceField(
        label="Which priorities does it serve? (optional)",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        coerce=int,
        error_messages={"invalid_choice": "One of these priorities has been removed. Look at the list again."},
    )
    seen_revision = _seen()

    def __init__(self, data: Any, *, claim: Claim, priorities: list[Priority]) -> None:
        initial = {
            "for_whom": claim.for_whom,
            "priorities": [row.pk for row in claim.priorities.all()],
            "seen_revision": claim.revision,
        }
        super().__init__(data, initial=initial)
        field: Any = self.fields["priorities"]
        field.choices = [(row.pk, row.words) for row in priorities]
        if not priorities:
            del self.fields["priorities"]


class EvidenceForm(_Printed):
    """One thing that shows an effect."""

    sort = forms.ChoiceField(
        label="What kind of evidence is it?",
        choices=Sort.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind of evidence it is."},
    )
    before = forms.CharField(
        label="What was so before? (optional)",
        help_text=f"A figure with what it is of, such as “58 of 120 families”, or words. {SMALL}",
        max_length=500,
        required=False,
    )
    is_before_suppressed = forms.BooleanField(label="The figure before is too small to be shown", required=False)
    after = forms.CharField(label="What is so now?", help_text=SMALL, max_length=500, required=False)
    is_after_suppressed = forms.BooleanField(label="The figure now is too small to be shown", required=False)
    period = forms.CharField(
        label="Which period is it about?",
        help_text="For example, April 2025 to March 2026, compared with the year before.",
        max_length=150,
        error_messages={"required": "Say which period it is about."},
    )
    source = forms.CharField(
        label="Where does it come from?",
        help_text="So that somebody else can find it: the audit, the data set, who was asked and by whom.",
        max_length=300,
        error_messages={"required": "Say where it comes from, so that somebody else can find it."},
    )
    strength = _area("What makes it strong? (optional)", "", required=False, rows=3)
    limits = _area("What does it not show?", "Say what it does not show.", hint="Every evidence has limits.", rows=3)
    seen_revision = _seen()

    def __init__(self, data: Any, *, evidence: Evidence | None = None) -> None:
        said = {name: getattr(evidence, name) for name in self.base_fields if name != "seen_revision" and evidence}
        super().__init__(data, initial={**said, "seen_revision": evidence.revision if evidence else 0})

    def clean(self) -> None:
        super().clean()
        for name, which in (("before", "before"), ("after", "now")):
            if self.cleaned_data.get(name) and self.cleaned_data.get(f"is_{name}_suppressed"):
                self.add_error(
                    name,
                    f"Empty this field, or take the tick away from “The figure {which} is too small to be shown”. "
                    "What is not shown is not kept.",
                )
        if "after" in self.cleaned_data and not (
            self.cleaned_data["after"] or self.cleaned_data["is_after_suppressed"]
        ):
            self.add_error("after", "Say what is so now, or tick that the figure is too small to be shown.")


class NoneYetForm(_Printed):
    """That there is no evidence yet, plainly, and when somebody looks again."""

    words = _area(
        "What would show it, and why is that not there yet?",
        "Say what would show it, and why that is not there yet.",
        hint=f"It is an honest answer. {PRINTED}",
    )
    look_again_on = DayField(
        label="When will you look again?",
        help_text="It is then on the list of whoever drafts that year’s report. For example, 3 5 2027.",
        error_messages={"required": "Enter the day on which you look again."},
    )
    seen_revision = _seen()

    def __init__(self, data: Any, *, claim: Claim) -> None:
        said = {"words": claim.none_yet, "look_again_on": claim.look_again_on, "seen_revision": claim.revision}
        super().__init__(data, initial=said)
        day: Any = self.fields["look_again_on"]
        day.earliest = clock.today() + timedelta(days=1)
        day.latest = clock.today() + timedelta(days=3660)


class PriorityForm(_Printed):
    """A priority of the period, in the words that the partners agreed."""

    words = forms.CharField(
        label="Priority",
        help_text=f"As the partners agreed it, such as “Neglect of children under five”. {PRINTED} {NO_CASES}",
        max_length=300,
        error_messages={"required": "Write the priority as the partners agreed it."},
    )


class ChangePriorityForm(PriorityForm):
    """Its words and its place in the list."""

    position = forms.TypedChoiceField(label="Place in the list", coerce=int)

    def __init__(self, data: Any, *, priority: Priority, number: int) -> None:
        super().__init__(data, initial={"words": priority.words, "position": priority.position})
        field: Any = self.fields["position"]
        field.choices = [(place, str(place)) for place in range(1, number + 1)]


class LittleProgressForm(_Printed):
    """Why there was little or no progress on a priority, and what comes next."""

    why = _area("Why was there little or no progress?", "Say why there was little or no progress.", rows=5)
    what_next = _area(
        "What comes next?", "Say what comes next.", hint="It is offered to the plan of the year after.", rows=5
    )
    seen_revision = _seen()

    def __init__(self, data: Any, *, little: LittleProgress | None) -> None:
        said = {"why": little.why, "what_next": little.what_next, "seen_revision": little.revision} if little else {}
        super().__init__(data, initial={"seen_revision": 0, **said})


class AcceptForm(_Printed):
    """Why the report may go out although it shows no effect."""

    reason = _area("Reason", "Give the reason. It is printed in the report.", hint=PRINTED, rows=6)
