"""September 2026: the published report of 2024-25 gets a children's version, and one delegated partner has agreed to it."""

from partnership.companions import services
from partnership.companions.models import Companion, Kind
from partnership.documents.models import Document
from partnership.operations.demo import cast
from partnership.operations.demo.places import HAMMERSMITH
from partnership.operations.demo.years_2024_25 import GWEN, REPORT, RUKHSANA

TEXT = """\
This text was written for practice. Everything in it is invented.

The council, the police and the health service work together to keep children safe. Each year they say what they did. This is the short version for children and young people.

## What got better

- We asked 120 families who had help. 82 said that things at home were better three months later.
- When a child who was missing came back, somebody came to listen within three days, most of the time.
- Schools hear from the police on the same morning when something happened at a child's home.

## What did not

- Help for young people who turn 18 was agreed on four months late.
- We promised a list of groups for fathers. It has still not been made.

## What you told us

The youth council chose the first question of our survey: did anybody ask you what you wanted? 88 of 120 said yes. We want that to be everybody.
"""  # noqa: E501  one paragraph is one line


def is_told() -> bool:
    """Whether a children's version was put in."""
    return Companion.objects.filter(document__area__slug=HAMMERSMITH).exists()


def tell() -> None:
    """The council's delegated partner has agreed; those of the police and the board are asked and have not yet."""
    document = Document.objects.get(area__slug=HAMMERSMITH, kind=REPORT, period_label="2024-25")
    with cast.at("2026-09-09 14:10"):
        row = services.put_in(document=document, kind=Kind.CHILDREN, data=None, text=TEXT, by=cast.person(GWEN))
    with cast.at("2026-09-11 09:30"):
        services.agree(companion=row, seen_sha256=row.sha256, by=cast.person(RUKHSANA))
