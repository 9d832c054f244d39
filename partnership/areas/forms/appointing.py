"""Recording an appointment, and what is done to one later."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from partnership.accounts.models import User
from partnership.areas import policies, selectors
from partnership.areas.departures import DEPARTURES, DepartureRule
from partnership.areas.forms.instrument import WithInstrument
from partnership.areas.forms.same_person import AsksWhoItIs
from partnership.areas.forms.seen import SeenForm
from partnership.areas.models import Appointment, Area, Basis, Seat
from partnership.areas.roles import APPOINTABLE, OFFICES, SEAT_OPTIONAL, SEATED, Office
from partnership.web.forms import DayField, EmailField, Form, IdempotentForm

YES_NO = (("yes", "Yes"), ("no", "No"))
ONE_DAY = timedelta(days=1)
LONGEST_REASON = 500
AUTHORITY = "Enter who or what made the appointment, such as a letter with its date"


class OfficeForm(Form):
    """Which office."""

    office = forms.ChoiceField(
        label="Which office?",
        widget=forms.RadioSelect,
        choices=[(office.value, office.label) for office in APPOINTABLE],
        error_messages={"required": "Select the office"},
    )


class AppointForm(IdempotentForm, WithInstrument, AsksWhoItIs):
    """One appointment. Only the questions that belong to the office are asked."""

    email = EmailField(
        label="Email address",
        help_text="The person signs in with it. Somebody without an account gets an invitation.",
    )
    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    seat = forms.ModelChoiceField(label="Agency", queryset=Seat.objects.none(), empty_label="Choose an agency")
    sub_group = forms.CharField(label="Name of the sub-group", max_length=120)
    firm = forms.CharField(
        label="Firm (optional)", max_length=160, required=False, help_text="If the person works through a firm."
    )
    job_title = forms.CharField(label="Job title (optional)", max_length=160, required=False)
    since = DayField(label="First day in office", help_text="For example, 1 4 2026.")
    last = DayField(
        label="Last day in office (optional)", help_text="Leave it empty if no end is known.", required=False
    )
    basis = forms.ChoiceField(
        label="On what basis?",
        widget=forms.RadioSelect,
        choices=Basis.choices,
        initial=Basis.SUBSTANTIVE,
        error_messages={"required": "Select on what basis the office is held"},
    )
    authority = forms.CharField(
        label="Who or what made the appointment?",
        help_text="The decision or letter, with its date. For example, letter of the chief executive of 3 March 2026.",
        max_length=300,
        error_messages={"required": AUTHORITY},
    )
    may_sign_while_acting = forms.BooleanField(
        label="The letter on file says that this person may sign while acting", required=False
    )
    is_head = forms.ChoiceField(
        label="Is this person the head of the agency?",
        help_text="The chief executive, or the chief officer of police.",
        widget=forms.RadioSelect,
        choices=YES_NO,
        error_messages={"required": "Say whether this person is the head of the agency"},
    )
    is_paid_by_a_partner = forms.ChoiceField(
        label="Is this person employed by one of the partners?",
        help_text="A fee under the contract for scrutiny does not count.",
        widget=forms.RadioSelect,
        choices=YES_NO,
        error_messages={"required": "Say whether this person is employed by one of the partners"},
    )

    field_order = (
        "email", "name", "seat", "sub_group", "firm", "job_title", "is_head", "is_paid_by_a_partner", "since", "last",
        "basis", "authority", "instrument", "may_sign_while_acting",
    )  # fmt: skip

    def __init__(self, *args: Any, area: Area, office: Office, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area, self.office = area, office
        seat: Any = self.fields["seat"]
        seat.queryset = selectors.seats_for(area, office, today)
        seat.label_from_instance = lambda row: row.agency.name
        seat.required = office in SEATED
        if office in SEAT_OPTIONAL:
            seat.label, seat.empty_label = "Agency (optional)", "No agency"
        for name in self._not_asked():
            del self.fields[name]

    def _not_asked(self) -> list[str]:
        asked = {
            "seat": self.office in SEATED | SEAT_OPTIONAL,
            "sub_group": self.office == Office.SUB_GROUP_CHAIR,
            "firm": self.office == Office.SCRUTINEER,
            "is_head": self.office == Office.LSP,
            "may_sign_while_acting": self.office == Office.LSP,
            "is_paid_by_a_partner": self.office == Office.SCRUTINEER,
        }
        return [name for name, wanted in asked.items() if not wanted]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        since, last = found.get("since"), found.get("last")
        if since and last and last < since:
            self.add_error("last", "The last day must be the first day or later")
        if found.get("may_sign_while_acting"):
            self._check_leave_to_sign(found)
        if since and found.get("email") and not self.errors:
            self._ask_for_reasons(found)
        if found.get("email") and found.get("name"):
            self.ask_who_it_is(found, self.area)
        return found

    def _check_leave_to_sign(self, found: dict[str, Any]) -> None:
        if found.get("basis") != Basis.ACTING:
            self.add_error("may_sign_while_acting", "Only somebody who is acting needs this. Untick it")
        elif self.stored is None and "instrument" not in self.errors:
            self.add_error("instrument", "Add the letter that says that this person may sign while acting")

    def _ask_for_reasons(self, found: dict[str, Any]) -> None:
        """Show a box for each departure from the guidance; one without a reason is an error at its box."""
        person = User.objects.filter(email__iexact=found["email"]).first()
        last = found.get("last")
        departs = policies.departures_of(
            person=person,
            area=self.area,
            office=self.office,
            seat=found.get("seat"),
            during=DateRange(found["since"], last + ONE_DAY if last else None),
            is_head=found.get("is_head", "yes") == "yes",
            is_paid_by_a_partner=found.get("is_paid_by_a_partner") == "yes",
        )
        found["reasons"] = {}
        for rule in departs:
            name = f"reason_{rule}"
            self.fields[name] = reason_field(rule)
            reason = str(self.data.get(name, "")).strip()
            found["reasons"][rule] = reason
            if not reason:
                self.add_error(name, "Say why this is so. It is shown with the office, and blocks nothing")
            elif len(reason) > LONGEST_REASON:
                self.add_error(name, f"The reason must be {LONGEST_REASON} characters or fewer.")

    def details(self) -> dict[str, Any]:
        """What the service wants, beside area and person."""
        found = self.cleaned_data
        last = found.get("last")
        return {
            "email": found["email"],
            "name": found["name"],
            "office": self.office,
            "seat": found.get("seat"),
            "sub_group": found.get("sub_group", ""),
            "firm": found.get("firm", ""),
            "job_title": found["job_title"],
            "since": found["since"],
            "until": last + ONE_DAY if last else None,
            "basis": Basis(found["basis"]),
            "authority": found["authority"],
            "instrument": self.stored,
            "instrument_name": self.stored_name,
            "may_sign_while_acting": found.get("may_sign_while_acting", False),
            "is_head": found.get("is_head", "yes") == "yes",
            "is_paid_by_a_partner": found.get("is_paid_by_a_partner") == "yes",
            "reasons": found.get("reasons", {}),
            "once": found["once"],
        }


def reason_field(rule: DepartureRule) -> forms.CharField:
    """A box for the reason, under what the guidance expects and how well that is known."""
    described = DEPARTURES[rule]
    known = "" if described.is_confirmed else " (to be confirmed)"
    return forms.CharField(
        label=f"{rule.label}: why?",
        help_text=f"{described.expected}{known} Source: {described.source}.",
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndForm(Form):
    """The last day in an office."""

    last = DayField(label="Last day in office", help_text="For example, 31 3 2026.")
    because = forms.CharField(
        label="Why does the office end? (optional)",
        max_length=300,
        required=False,
        help_text="Such as retired, or moved to another force. Nothing about health or conduct.",
    )

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.appointment = appointment

    def clean_last(self) -> date:
        last: date = self.cleaned_data["last"]
        if last < self.appointment.during.lower:
            raise ValidationError("The last day cannot be before the first day in office")
        return last


class CorrectForm(SeenForm, WithInstrument):
    """What is written beside an appointment."""

    job_title = forms.CharField(label="Job title (optional)", max_length=160, required=False)
    authority = forms.CharField(
        label="Who or what made the appointment?", max_length=300, error_messages={"required": AUTHORITY}
    )

    field_order = ("job_title", "authority", "instrument")


class ReasonForm(Form):
    """Why somebody does what they do to an office."""

    reason = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="Everybody who sees the area's timeline can read it. Nothing about health or conduct.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )


def described() -> list[tuple[str, str, str]]:
    """Every office that can be given, with its label and sentence."""
    return [(office.value, office.label, OFFICES[office].sentence) for office in APPOINTABLE]
