"""What a person says about a submission."""

from django import forms

from partnership.mail.workflow import Ruling
from partnership.web.forms import Form


class Acknowledgement(Form):
    """The recipient's own words, or who said what and when."""

    words = forms.CharField(
        label="How was it acknowledged?",
        help_text="Give the first lines of the reply with its date, and who sent it. Leave out anything about a child.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say who acknowledged it and how, such as the first line of their reply"},
    )


class Settlement(Form):
    """What somebody found out about a message of which it is not known whether it was sent."""

    outcome = forms.ChoiceField(
        label="What did you find?",
        widget=forms.RadioSelect,
        choices=[
            (Ruling.ARRIVED, "It arrived"),
            (Ruling.SEND_AGAIN, "It did not arrive: send it again"),
            (Ruling.GIVEN_UP, "It did not arrive, and it must not be sent again from here"),
        ],
        error_messages={"required": "Select what you found"},
    )
    evidence = forms.CharField(
        label="How do you know?",
        help_text="For example, “Their clerk confirmed by telephone on 2 October that it is there.”",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say how you know, so that others can rely on it"},
    )
