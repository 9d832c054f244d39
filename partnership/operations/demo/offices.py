"""Who holds which office in the practice data, from when, on whose decision. Everybody is invented."""

from dataclasses import dataclass
from datetime import date

from partnership.areas.departures import DepartureRule
from partnership.areas.models import Basis
from partnership.areas.roles import Office
from partnership.operations.demo.places import (
    BOARD_1,
    BOARD_2,
    CHANGE_OF_BOARDS,
    COUNCIL_1,
    COUNCIL_2,
    EALING,
    EDUCATION,
    FORCE,
    HAMMERSMITH,
    MARLBRIDGE,
    MET,
    NEW_BOARD,
    OLD_BOARD,
)
from partnership.operations.demo.relevant import YOUTH_JUSTICE


@dataclass(frozen=True)
class Held:
    """One office of one person. `until` is the first day out of it."""

    person: str
    area: str
    office: Office
    seat: str | None
    since: date
    job_title: str
    authority: str
    until: date | None = None
    basis: Basis = Basis.SUBSTANTIVE
    may_sign: bool = False
    departs: tuple[DepartureRule, str] | None = None


_O = Office
_LETTER, _COUNCIL = "Letter of appointment (practice)", "Decision of the full council (practice)"
_NAMED = "Named by the lead safeguarding partner (practice)"
_ASKED, _ELECTED = "Named by the agency (practice)", "Chosen by the education forum (practice)"
_2023, _2025 = date(2023, 4, 3), date(2025, 1, 6)
_NOT_HEAD = (
    DepartureRule.LEAD_IS_NOT_HEAD,
    "The Commissioner has asked an assistant commissioner to act as lead partner for the boroughs (practice)",
)

HAMMERSMITH_OFFICES = (
    Held("grace.oyelaran", HAMMERSMITH, _O.LSP, HAMMERSMITH, _2023, "Chief Executive", _COUNCIL),
    Held("marcus.whitfield", HAMMERSMITH, _O.LSP, MET, _2023, "Assistant Commissioner", _LETTER, departs=_NOT_HEAD),
    Held("helen.prosser", HAMMERSMITH, _O.LSP, OLD_BOARD, _2023, "Chief Executive", _LETTER),
    Held("rukhsana.malik", HAMMERSMITH, _O.DSP, HAMMERSMITH, _2023, "Director of Children's Services", _NAMED),
    Held(
        "rukhsana.malik", HAMMERSMITH, _O.CHAIR, None, _2023, "Partnership chair", "Agreed by the partners (practice)"
    ),
    Held("daniel.okafor", HAMMERSMITH, _O.DSP, MET, _2023, "Detective Superintendent", _NAMED, until=date(2026, 11, 1)),
    Held("sinead.kelly", HAMMERSMITH, _O.DSP, OLD_BOARD, _2023, "Director of Nursing", _NAMED),
    Held("femi.adeyemi", HAMMERSMITH, _O.SCRUTINEER, None, _2023, "Independent scrutineer", _LETTER),
    Held("gwen.pritchard", HAMMERSMITH, _O.BUSINESS_MANAGER, None, _2023, "Business manager", _LETTER),
    Held("tomasz.zielinski", HAMMERSMITH, _O.BUSINESS_SUPPORT, None, _2023, "Business support officer", _LETTER),
    Held("priya.raman", HAMMERSMITH, _O.OBSERVER, None, _2023, "Lead member for children and education", _COUNCIL),
)

OTHER_OFFICES = (
    Held("michael.brennan", EALING, _O.LSP, EALING, _2025, "Chief Executive", _COUNCIL),
    Held("marcus.whitfield", EALING, _O.LSP, MET, _2025, "Assistant Commissioner", _LETTER, departs=_NOT_HEAD),
    Held("helen.prosser", EALING, _O.LSP, OLD_BOARD, _2025, "Chief Executive", _LETTER),
    Held("shabnam.hussain", EALING, _O.DSP, EALING, _2025, "Director of Children's Services", _NAMED),
    Held("shabnam.hussain", EALING, _O.CHAIR, None, _2025, "Partnership chair", "Agreed by the partners (practice)"),
    Held("peter.novak", EALING, _O.DSP, MET, _2025, "Detective Superintendent", _NAMED),
    Held("olivia.campbell", EALING, _O.DSP, OLD_BOARD, _2025, "Director of Quality", _NAMED),
    Held("margaret.ellison", EALING, _O.SCRUTINEER, None, _2025, "Independent scrutineer", _LETTER),
    Held("amina.yusuf", EALING, _O.BUSINESS_MANAGER, None, _2025, "Business manager", _LETTER),
    Held("jack.turner", EALING, _O.BUSINESS_SUPPORT, None, _2025, "Business support officer", _LETTER),
    Held("gurpreet.sandhu", EALING, _O.OBSERVER, None, _2025, "Lead member for children's services", _COUNCIL),
    Held("catherine.rowe", MARLBRIDGE, _O.LSP, COUNCIL_1, _2025, "Chief Executive", _COUNCIL),
    Held("imran.qureshi", MARLBRIDGE, _O.LSP, COUNCIL_2, _2025, "Chief Executive", _COUNCIL),
    Held(
        "stephen.ward",
        MARLBRIDGE,
        _O.LSP,
        FORCE,
        _2025,
        "Deputy Chief Constable",
        "Letter of the police and crime commissioner: may sign while acting (practice)",
        basis=Basis.ACTING,
        may_sign=True,
    ),
    Held("naledi.khumalo", MARLBRIDGE, _O.LSP, BOARD_1, _2025, "Chief Executive", _LETTER),
    Held("robert.fairweather", MARLBRIDGE, _O.LSP, BOARD_2, _2025, "Chief Executive", _LETTER),
    Held("ewa.kowalska", MARLBRIDGE, _O.DSP, COUNCIL_1, _2025, "Director of Children's Services", _NAMED),
    Held("ewa.kowalska", MARLBRIDGE, _O.CHAIR, None, _2025, "Partnership chair", "Agreed by the partners (practice)"),
    Held("joseph.obi", MARLBRIDGE, _O.DSP, COUNCIL_2, _2025, "Director of Children and Families", _NAMED),
    Held("laura.simmons", MARLBRIDGE, _O.DSP, FORCE, _2025, "Detective Chief Superintendent", _NAMED),
    Held("mei.chen", MARLBRIDGE, _O.DSP, BOARD_1, _2025, "Director of Nursing", _NAMED),
    Held("bethan.hughes", MARLBRIDGE, _O.DSP, BOARD_2, _2025, "Director of Quality", _NAMED),
    Held("nadia.haddad", MARLBRIDGE, _O.SCRUTINEER, None, _2025, "Independent scrutineer", _LETTER),
    Held("adrian.cole", MARLBRIDGE, _O.BUSINESS_MANAGER, None, _2025, "Business manager", _LETTER),
    Held("zara.iqbal", MARLBRIDGE, _O.BUSINESS_SUPPORT, None, _2025, "Business support officer", _LETTER),
    Held("graham.pike", MARLBRIDGE, _O.OBSERVER, None, _2025, "Lead member for children's services", _COUNCIL),
)

# Recorded when the new board took over. Daniel's successor is known ahead; Hannah stands in, and may not sign.
OFFICES_SINCE_APRIL_2026 = (
    Held("anjali.deshmukh", HAMMERSMITH, _O.LSP, NEW_BOARD, CHANGE_OF_BOARDS, "Chief Executive", _LETTER),
    Held("anjali.deshmukh", EALING, _O.LSP, NEW_BOARD, CHANGE_OF_BOARDS, "Chief Executive", _LETTER),
    Held("sinead.kelly", HAMMERSMITH, _O.DSP, NEW_BOARD, CHANGE_OF_BOARDS, "Director of Nursing", _NAMED),
    Held("olivia.campbell", EALING, _O.DSP, NEW_BOARD, CHANGE_OF_BOARDS, "Director of Quality", _NAMED),
    Held(
        "hannah.goldberg",
        HAMMERSMITH,
        _O.LSP,
        HAMMERSMITH,
        CHANGE_OF_BOARDS,
        "Deputy Chief Executive",
        "Letter of the chief executive: stands in at meetings, may not sign (practice)",
        basis=Basis.ACTING,
    ),
    Held("leon.baptiste", HAMMERSMITH, _O.DSP, MET, date(2026, 11, 1), "Detective Superintendent", _NAMED),
)

# Who speaks for others than the statutory partners, recorded before the first of them is asked for a contribution.
OFFICES_OF_OTHERS = (
    Held("idris.bello", HAMMERSMITH, _O.CONTRIBUTOR, YOUTH_JUSTICE, CHANGE_OF_BOARDS, "Service Manager", _ASKED),
    Held("frances.tully", HAMMERSMITH, _O.EDUCATION, EDUCATION, CHANGE_OF_BOARDS, "Head teacher", _ELECTED),
)
