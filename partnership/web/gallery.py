"""Every component on one page, for builders and for the accessibility check; and the accessibility statement."""

from datetime import UTC, date, datetime

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from partnership.web.forms import DayField, FileField, IdempotentForm
from partnership.web.uploads import limit_in_words
from partnership.web.year_line import Mark, YearLine

EXAMPLE_YEAR = YearLine(
    start=date(2026, 4, 1),
    end=date(2027, 9, 30),
    today=date(2026, 9, 14),
    marks=(
        Mark(date(2026, 5, 15), "Contributions asked for", "done", "Business manager"),
        Mark(date(2026, 7, 10), "First draft", "done", "Business manager"),
        Mark(date(2026, 9, 4), "Independent scrutiny", "late", "Independent scrutineer"),
        Mark(
            date(2026, 9, 18),
            "Signatures of the lead partners",
            "due",
            "Lead safeguarding partner, police",
        ),
        Mark(date(2026, 9, 30), "Yearly report published", "due", "Business manager"),
        Mark(
            date(2026, 12, 31),
            "Funding agreed",
            "planned",
            "Delegated safeguarding partners",
        ),
        Mark(date(2027, 9, 30), "Next yearly report", "planned"),
    ),
)


class ExampleForm(IdempotentForm):
    """One field of each kind."""

    title = forms.CharField(max_length=80, help_text="As it will stand on the first page.")
    summary = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=200)
    password = forms.CharField(widget=forms.PasswordInput)
    agency = forms.ChoiceField(choices=[("", "Choose an agency"), ("council", "Council"), ("police", "Police")])
    turn = forms.ChoiceField(
        label="Whose turn is it?",
        widget=forms.RadioSelect,
        choices=[
            ("council", "Council"),
            ("health", "Integrated care board"),
            ("police", "Police"),
        ],
        error_messages={"required": "Select whose turn it is"},
    )
    read_by = forms.MultipleChoiceField(
        label="Offices that have read it",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("lsp", "Lead safeguarding partner"),
            ("dsp", "Delegated safeguarding partner"),
        ],
    )
    due_on = DayField(label="Due date", help_text="For example, 30 9 2026.")
    evidence = FileField(required=False)
    agreed = forms.BooleanField(label="I have read the whole document")


AT = datetime(2026, 9, 14, 15, 15, tzinfo=UTC)
EXAMPLES: dict[str, object] = {
    "line": EXAMPLE_YEAR,
    "page": Paginator(range(250), 25).page(4),
    "crumbs": [("Home", "#"), ("Yearly reports", "#"), ("2025 to 2026", "")],
    "rows": [
        {"key": "Period", "value": "1 April 2025 to 31 March 2026"},
        {
            "key": "Scrutineer",
            "value": "Femi Adeyemi (invented)",
            "href": "#",
            "action": "Change",
        },
    ],
    "tasks": [
        {
            "title": "Funding",
            "href": "#",
            "hint": "Six agencies have answered",
            "status": "Completed",
        },
        {
            "title": "Learning",
            "href": "#",
            "status": "In progress",
            "colour": "teal",
        },
        {
            "title": "Signatures",
            "hint": "After the text is frozen",
            "status": "Cannot start yet",
        },
    ],
    "story": [
        {
            "title": "Sent for sign-off",
            "by": "Gwen Price (invented), business manager",
            "at": AT,
            "href": "#",
        },
        {
            "title": "Report begun",
            "by": "the system",
            "at": AT.date(),
            "text": "From the edition of 2023.",
        },
    ],
}


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    """In the practice area alone; a POST shows the form with its errors and keeps nothing."""
    if not settings.PRACTICE:
        raise Http404
    form = ExampleForm(request.POST, request.FILES) if request.method == "POST" else ExampleForm()
    form.fields["evidence"].help_text = f"A picture or PDF, smaller than {limit_in_words()}."
    return render(request, "web/components.html", {"form": form, **EXAMPLES})


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")
