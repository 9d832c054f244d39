"""No form of the house speaks in Django's words, and no sentence carries what belongs to a label alone."""

import importlib
import inspect
import pkgutil
from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.sessions.backends.db import SessionStore
from django.core import validators
from django.utils.datastructures import MultiValueDict

import arrangements
import partnership
import reports
import scrutiny
from partnership.accounts.forms import InOurWords
from partnership.areas.models import Appointment
from partnership.areas.roles import APPOINTABLE
from partnership.documents.kinds import Along, kind
from partnership.documents.models import Document
from partnership.guidance.financial_years import FinancialYear
from partnership.impact.models import Priority
from partnership.notices.kinds import RULES
from partnership.web import forms as ours
from partnership.web import gallery
from partnership.web.correcting import CorrectionForm
from tests import worlds
from tests.apps.counts import numbers
from tests.apps.funding import money

pytestmark = pytest.mark.django_db

ROOTS = (partnership, arrangements, reports, scrutiny)
CHECKS = (
    validators.MinLengthValidator(1), validators.MaxLengthValidator(1), validators.MinValueValidator(1),
    validators.MaxValueValidator(1), validators.EmailValidator(), validators.ProhibitNullCharactersValidator(),
)  # fmt: skip
TODAY = date(2026, 9, 14)
# What may be typed or sent into any field, to see what each says.
NONSENSE = ["", "x" * 6_000, "1e5", "-1", "99999999999999999", "a\u200bb", "\u202ea", "a\x00b", "0", "31"]


def kinds_of(kind_of_form):
    for found in kind_of_form.__subclasses__():
        yield found
        yield from kinds_of(found)


def form_classes():
    for root in ROOTS:
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if "forms" in module.name.split("."):
                importlib.import_module(module.name)
    assert gallery.ExampleForm
    roots = tuple(f"{root.__name__}." for root in ROOTS)
    ready = (
        form for form in kinds_of(forms.BaseForm) if not form.__name__.startswith("_") and form is not CorrectionForm
    )
    return sorted({form for form in ready if form.__module__.startswith(roots)}, key=str)


ROWS = {
    "CountCorrectionForm": numbers.own,
    "AttendanceCorrectionForm": lambda world: numbers.attendance(world, world.police),
    "ContributionCorrectionForm": lambda world: money.contribution(world, "Ashdown Council", "5"),
    "SpendingCorrectionForm": lambda world: money.spending(world, "Staff", "5"),
}


def arguments(form, world):
    """What each form asks for beside what was typed. A new name is to be added here."""
    known = {
        "agency": "Ashdown Council", "appointment": Appointment.objects.get(person=world.amina), "area": world.area,
        "earliest": TODAY, "hint": "", "kind": kind("yearly_report"), "label": "Why?", "latest": TODAY,
        "missing": "Say why.", "periods": [], "rows": Appointment.objects.filter(area=world.area), "rule": None,
        "sections": {}, "held": [], "tasks": {}, "agencies": [], "parts": [], "pictures": [],
        "with_others": {}, "areas": [], "cadences": {kind: rule.default for kind, rule in RULES.items()},
        "claim": SimpleNamespace(
            for_whom="", priorities=Priority.objects, revision=1, none_yet="", look_again_on=None
        ),
        "evidence": None, "little": None, "priorities": [], "priority": Priority(words="x", position=1), "number": 2,
        "statement": "I agree", "today": TODAY, "due_on": TODAY, "is_sealed": True,
        "entry": SimpleNamespace(said=SimpleNamespace(), number=1), "user": world.gwen,
        "year": FinancialYear(2025), "may_be_clerical": True, "what": kind("arrangements"), "is_warned": True,
        "offered": Document.objects.none() if form.__name__ == "ConsolidateForm" else [Along("easy-read:1", "Easy Read")],
        "version": SimpleNamespace(document=SimpleNamespace(period=SimpleNamespace(lower=TODAY))),
    }  # fmt: skip
    if made := ROWS.get(form.__name__):
        for name in ("year", "area"):
            known.pop(name)  # they are those of the row
        known["row"] = made(world)
    asked = {name for base in form.__mro__ for name in inspect.signature(base.__init__).parameters}
    if form.__name__ == "RenamePasskeyForm":
        return {"instance": Authenticator(data={"name": "My phone"}, type=Authenticator.Type.WEBAUTHN)}
    if issubclass(form, InOurWords) and form.__name__ not in {"SignInForm", "ResetPasswordForm"}:
        asked.add("user")
    return {name: value for name, value in known.items() if name in asked}


@pytest.fixture
def made(rf):
    """Every form with the same thing typed into each field; the form of an appointment once for each office."""
    world = worlds.area_with_its_cast()
    request = rf.post("/")
    request.session, request.user = SessionStore(), world.gwen

    def every(typed):
        with context.request_context(request):
            for form in form_classes():
                given = arguments(form, world)
                asks_for_office = "office" in inspect.signature(form.__init__).parameters
                for more in [{"office": office} for office in APPOINTABLE] if asks_for_office else [{}]:
                    yield filled(form, {**given, **more}, typed)

    return every


def filled(form, given, typed):
    names = form(data=MultiValueDict(), **given).fields
    parts = {f"{name}_{part}": typed[:9] for name in names for part in ("day", "month", "year")}
    sent = MultiValueDict({name: [value] for name, value in {**dict.fromkeys(names, typed), **parts}.items()})
    return form(data=sent, **given)


def sentences(form):
    """Every sentence that a form may say by itself: of each field and each of its codes."""
    if isinstance(form, ours.Form):
        form.full_clean()
    for name, field in form.fields.items():
        for code in set(field.error_messages) - (set() if field.required else {"required"}):
            yield f"{type(form).__name__}.{name} {code}", str(field.error_messages[code])


def bare(check):
    """A validator without what stands before it."""
    return bare(check.args[0]) if isinstance(check, partial) else check


GENERAL = {
    str(message)
    for kind_of_field in {forms.Field, *kinds_of(forms.Field)}
    if kind_of_field.__module__.startswith("django.")
    for message in vars(kind_of_field).get("default_error_messages", {}).values()
} | {str(check.message) for check in CHECKS} | {str(text) for text in validators.DecimalValidator.messages.values()}  # fmt: skip


def marked(sentence):
    return "(optional)" in sentence or "?" in sentence


def test_no_sentence_of_a_field_is_general_or_carries_the_marks_of_its_label(made):
    wrong = [(place, text) for form in made("") for place, text in sentences(form) if text in GENERAL or marked(text)]

    assert not wrong


def test_every_validator_of_a_field_finds_a_sentence_of_ours(made):
    silent = []
    for form in made(""):
        list(sentences(form))
        for name, field in form.fields.items():
            for check in map(bare, field.validators):
                codes = getattr(check, "messages", {getattr(check, "code", None): ""})
                silent += [
                    (type(form).__name__, name, code) for code in codes if code and code not in field.error_messages
                ]

    assert not silent


@pytest.mark.parametrize("typed", NONSENSE)
def test_whatever_is_typed_is_answered_in_our_words(made, typed):
    said = [
        (type(form).__name__, name, text)
        for form in made(typed)
        if isinstance(form, ours.Form)
        for name, texts in form.errors.items()
        for text in texts
    ]

    assert not [row for row in said if row[2] in GENERAL or marked(row[2]) or "Ensure" in row[2] or "valid" in row[2]]
