"""Asking whether somebody is meant whose account has another name than the one that was typed."""

from typing import Any

from django import forms

from partnership.accounts.models import User
from partnership.areas.importing.values import plain_words
from partnership.areas.models import Appointment, Area
from partnership.web.forms import Form


class AsksWhoItIs(Form):
    """A form with `email` and `name`. An account keeps its name, so another name beside its address is asked about once."""

    def ask_who_it_is(self, found: dict[str, Any], area: Area) -> None:
        """Add a box to tick where the names differ; unticked it is an error, and what was typed stays."""
        person = User.objects.filter(email__iexact=found["email"]).first()
        if person is None or plain_words(person.name) == plain_words(found["name"]):
            return
        box = f"same_person_{person.pk}"  # ticked for one person, it says nothing of another
        self.fields[box] = forms.BooleanField(
            label="This is the same person", help_text="The account keeps its name.", required=False
        )
        names = list(self.fields)
        names.insert(names.index("name") + 1, names.pop())
        self.order_fields(names)
        if not self.data.get(box):
            self.add_error(box, _sentence(person, area))


def _sentence(person: User, area: Area) -> str:
    """A name is told only where it stands in this area's register anyway."""
    if Appointment.objects.filter(person=person, area=area, voided_at=None).exists():
        return f"This address has the account of {person.name}. Tick the box if this is the same person, or mend the address"
    return (
        "This address has an account under another name. Tick the box if this is the same person, or mend the address"
    )
