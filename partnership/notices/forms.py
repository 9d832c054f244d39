"""How somebody wants to be told."""

from typing import Any

from django import forms

from partnership.notices.kinds import MAY_BE_CHOSEN, RULES, Cadence, Kind
from partnership.web.forms import Form


class CadenceForm(Form):
    """For each kind that may be chosen, when the mail goes."""

    def __init__(self, *args: Any, cadences: dict[Kind, Cadence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in MAY_BE_CHOSEN:
            choices = [(cadence.value, cadence.label) for cadence in RULES[kind].choices]
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=choices,
                initial=cadences[kind].value,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Select when you want to be told: {kind.label.lower()}.",
                    "invalid_choice": f"Select one of the ways that are offered: {kind.label.lower()}.",
                },
            )

    def chosen(self) -> dict[Kind, Cadence]:
        return {kind: Cadence(self.cleaned_data[kind.value]) for kind in MAY_BE_CHOSEN}
