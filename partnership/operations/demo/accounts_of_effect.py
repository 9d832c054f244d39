"""The claims of each practice report, with their evidence. Figures stand in the texts already, and are invented."""

from datetime import date

from partnership.operations.demo.effects import Account, Piece, Told

_COUNCIL, _POLICE, _HEALTH = "rukhsana.malik", "daniel.okafor", "sinead.kelly"
_IMPACT = "impact"

HAMMERSMITH_2023 = Account(
    priorities=("Early help", "Neglect", "Children who go missing", "Transition to adulthood"),
    told=(
        Told(_IMPACT, "We brought the three teams", "activity"),
        Told(
            _IMPACT,
            "Offers were made after 11 working days",
            "effect",
            "Families who were offered early help",
            "Early help",
            (
                Piece(
                    _COUNCIL, "indicator", "19 working days", "11 working days", "2023-24, compared with 2022-23",
                    "Records of the early help teams", "That help came sooner, not that it helped.",
                ),
                Piece(
                    _COUNCIL, "survey", "", "51 of 64 families said that things at home were better", "2023-24",
                    "Survey of families three months later", "Few families, asked by the people who had helped them.",
                ),
            ),
        ),
        Told(_IMPACT, "We trained every health visitor", "activity"),
        Told(
            _IMPACT,
            "The audit in the autumn read 24",
            "effect",
            "Children who are neglected",
            "Neglect",
            (
                Piece(
                    _HEALTH, "audit", "In 6 of 24 records it changed what was done", "In 14 of 24 records",
                    "Autumn 2023, compared with autumn 2022", "Audit of neglect", "Whether the children fared better.",
                ),
            ),
        ),
        Told(
            _IMPACT,
            "A police officer and a youth worker now visit together",
            "effect",
            "Children who had been missing",
            "Children who go missing",
            (
                Piece(
                    _POLICE, "indicator", "58% of returns", "81% of returns", "2023-24, compared with 2022-23",
                    "Records of return visits", "What the visit changed for the child.",
                ),
            ),
        ),
        Told(
            "training",
            "We trained 1,146 people",
            "effect",
            "Practitioners, and through them the children they see",
            "",
            (
                Piece(
                    _COUNCIL, "feedback", "", "7 in 10 of those who answered gave an example of what they do differently",
                    "Three months after each course", "Questions to 1,146 people, of whom 310 answered",
                    "What children noticed. Those who answered may be the keener ones.",
                ),
            ),
        ),
    ),
    little={
        "Transition to adulthood": (
            "Two drafts of an agreement with the adults’ board were written. The partners could not agree who pays between "
            "18 and 25.",
            "The lead partners settle it by October 2024.",
        )
    },
)  # fmt: skip

HAMMERSMITH_2024 = Account(
    priorities=("Early help", "Neglect", "Children who go missing", "Babies under one year"),
    told=(
        Told(
            _IMPACT,
            "We asked 120 families",
            "effect",
            "Families who were offered early help",
            "Early help",
            (
                Piece(
                    _COUNCIL, "survey", "51 of 64 families, asked by ourselves", "82 of 120 families, asked by others",
                    "2024-25, compared with 2023-24", "Survey by a charity that had not helped them",
                    "The two years were asked by different people and cannot be compared without care.",
                ),
            ),
        ),
        Told(
            _IMPACT,
            "The graded picture of care is used in 31",
            "effect",
            "Children who are neglected",
            "Neglect",
            (
                Piece(
                    _HEALTH, "audit", "In 14 of 24 records it changed what was done", "In 17 of 24 records",
                    "Autumn 2024, compared with autumn 2023", "Audit of neglect", "Whether the children fared better.",
                ),
            ),
        ),
        Told(
            _IMPACT,
            "Return visits within 72 hours took place",
            "effect",
            "Children who had been missing",
            "Children who go missing",
            (
                Piece(
                    _POLICE, "indicator", "81% of returns", "86% of returns", "2024-25, compared with 2023-24",
                    "Records of return visits", "What the visit changed for the child.",
                ),
            ),
        ),
        Told(
            _IMPACT,
            "Health visitors and the police now share a list",
            "effect",
            "Babies in homes to which an officer was called",
            none_yet=("Whether babies are safer shows only when two more years can be compared.", date(2026, 6, 1)),
        ),
    ),
    little={
        "Babies under one year": (
            "The list led to visits and to early help. That is not yet a change for babies, and we do not claim one.",
            "The figures of three years are compared in June 2026.",
        )
    },
)  # fmt: skip

EALING_2025 = Account(
    priorities=("Children exploited by others", "Harm in the first year of life", "Children not in school"),
    told=(
        Told(
            _IMPACT,
            "We mapped the eleven places",
            "effect",
            "Children who had been approached in these places",
            "Children exploited by others",
            (
                Piece(
                    "amina.yusuf", "indicator", "94 reports from the eleven places", "57 reports",
                    "2025-26, compared with 2024-25", "Police records of reports",
                    "Whether children are now approached elsewhere.",
                ),
            ),
        ),
        Told(_IMPACT, "Every parent who left hospital", "output"),
        Told(
            _IMPACT,
            "We know by name every child who is not in school",
            "effect",
            "Children who were not in school",
            "Children not in school",
            (
                Piece(
                    "shabnam.hussain", "indicator", "212 children", "158 children", "March 2026, compared with April 2025",
                    "The council’s list of children not in school", "How often those who returned are there.",
                ),
            ),
        ),
    ),
    little={
        "Harm in the first year of life": (
            "Every parent was shown how to cope with crying. Whether fewer babies are hurt cannot be known after a year.",
            "Admissions of three years are compared in 2028.",
        )
    },
)  # fmt: skip

# A draft in which something is left to mend: a priority without an answer, evidence without what was so before,
# training told by attendance.
HAMMERSMITH_2025 = Account(
    priorities=("Early help", "Neglect", "Babies under one year"),
    told=(
        Told(
            _IMPACT,
            "Of 140 families asked by a charity",
            "effect",
            "Families who were offered early help",
            "Early help",
            (
                Piece(
                    _COUNCIL, "survey", "", "101 of 140 families said that things at home were better", "2025-26",
                    "Survey by a charity that had not helped them", "What the other 39 families would have needed.",
                ),
            ),
        ),
        Told(_IMPACT, "The graded picture of care is used in all 38", "output"),
        Told(
            _IMPACT,
            "The shared list led to 41 visits",
            "effect",
            "Babies in homes to which an officer was called",
            none_yet=("The figures of three years can be compared in the summer of 2027.", date(2027, 6, 1)),
        ),
        Told("training", "We trained 1,302 people", "output"),
    ),
    little={
        "Babies under one year": (
            "There are more visits and more help. Whether babies are safer is not known yet.",
            "The comparison of three years is on the plan for 2027.",
        )
    },
)  # fmt: skip
