"""The relevant agencies of the practice areas: invented bodies of real kinds, with addresses that exist nowhere else."""

from dataclasses import dataclass

from partnership.areas.models import AgencyKind

YOUTH_JUSTICE, HEALTH_CHARITY = "brook-green-youth-justice-service", "riverside-health-for-families"


@dataclass(frozen=True)
class Relevant:
    """One agency that the partners of an area named, why, and whom to tell there; without `contact`, no address."""

    area: str
    slug: str
    name: str
    kind: AgencyKind
    category: str
    reason: str
    contact: str = ""
    contact_name: str = ""


_H, _E, _OTHER, _EDUCATION = "hammersmith-and-fulham", "ealing", AgencyKind.OTHER, AgencyKind.EDUCATION

AGENCIES = (
    Relevant(
        _H,
        YOUTH_JUSTICE,
        "Brook Green Youth Justice Service",
        _OTHER,
        "criminal_justice",
        "It works with most of the children whom the partners plan for together with the police.",
        "youth-justice",
        "The service manager",
    ),
    Relevant(
        _H,
        HEALTH_CHARITY,
        "Riverside Health for Families",
        _OTHER,
        "voluntary",
        "It sees families in the months after a birth, before any other service does.",
        "riverside-health",
        "Safeguarding mailbox",
    ),
    Relevant(
        _H,
        "fulham-reach-college",
        "Fulham Reach College",
        _EDUCATION,
        "education_and_childcare",
        "Young people of the whole borough study there after 16.",
        "fulham-reach-college",
        "Designated safeguarding lead",
    ),
    Relevant(
        _H,
        "north-end-swimming-club",
        "North End Swimming Club",
        _OTHER,
        "miscellaneous",
        "It is the largest club for children in the borough.",
    ),
    Relevant(
        _E,
        "hanger-hill-youth-justice-service",
        "Hanger Hill Youth Justice Service",
        _OTHER,
        "criminal_justice",
        "It takes part in the daily meeting about children at risk outside the home.",
        "hanger-hill-youth-justice",
        "The service manager",
    ),
    Relevant(
        _E,
        "brent-valley-schools-trust",
        "Brent Valley Schools Trust",
        _EDUCATION,
        "education_and_childcare",
        "Eleven schools of the borough belong to it.",
        "brent-valley-schools",
        "Head of safeguarding",
    ),
    Relevant(
        _E,
        "northfields-community-housing",
        "Northfields Community Housing",
        _OTHER,
        "other",
        "Its staff visit homes in which many families with young children live.",
        "northfields-housing",
        "Safeguarding mailbox",
    ),
)
