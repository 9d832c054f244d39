from datetime import UTC, datetime

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from partnership.accounts.models import User
from partnership.accounts.passwords import WEAK

NOON = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)  # an account has a beginning; nothing here asks the clock for it
FEMI = User(name="Oluwafemi Adeyemi-Richardson", email="femi.adeyemi@ashdown.example", created_at=NOON)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaa",
        "qwertyuiop123456",
        "safeguardingpartnership",
        "safeguardingchildren2026",
        "OluwafemiAdeyemi",
        "adeyemi-richardson",
        "ashdownashdown2026",
    ],
)
def test_what_is_easy_to_guess_is_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, FEMI)

    assert WEAK in refused.value.messages


@pytest.mark.parametrize(
    "password", ["four words none related", "correct horse battery stapler", "x" * 20 + "k3;ä pöW-quartz lamp"]
)
def test_any_characters_will_do_when_it_is_long_and_hard_to_guess(password):
    validate_password(password, FEMI)


def test_fourteen_characters_are_too_few():
    with pytest.raises(ValidationError, match="too short"):
        validate_password("quartz lamp mo", FEMI)


def test_what_is_known_of_the_person_counts_against_it():
    validate_password("Richardson Adeyemi", User(name="Jo Bell", email="jo@example.org", created_at=NOON))

    with pytest.raises(ValidationError):
        validate_password("Richardson Adeyemi", FEMI)


def test_a_very_long_password_is_taken():
    validate_password("seven odd words about nothing " * 20, FEMI)
