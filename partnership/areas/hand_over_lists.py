"""What passes from one holder of an office to the next. Our advice, not law; the words are plain on purpose."""

from partnership.areas.roles import Office

Items = tuple[tuple[str, str], ...]

_ACCESS = ("access", "The new holder has signed in and set up a second factor of their own.")
_PAPERS = ("papers", "Papers that only the leaver holds are with the business manager.")
_MEETINGS = ("meetings", "Dates of meetings and calendar feeds are passed on.")

LISTS: dict[Office, Items] = {
    Office.LSP: (
        _ACCESS,
        ("read", "The new lead partner has read the published arrangements and the last yearly report."),
        ("delegate", "They have confirmed in writing, or named anew, the delegated partner of the agency."),
        ("signatures", "Documents that wait for this seat's signature were pointed out to them."),
        ("scrutineer", "They have met the independent scrutineer."),
    ),
    Office.DSP: (
        _ACCESS,
        ("challenges", "Challenges that this agency has still to answer were handed over."),
        ("contributions", "What this agency owes to the report and to the budget was handed over."),
        ("chair", "It is settled who chairs, if the leaver was the chair."),
        _PAPERS,
        _MEETINGS,
    ),
    Office.CHAIR: (
        ("risks", "Open risks and what was escalated to the lead partners were handed over."),
        ("forward_plan", "The forward plan and the next agenda were handed over."),
        ("scrutineer", "The new chair has met the independent scrutineer."),
        _MEETINGS,
    ),
    Office.SCRUTINEER: (
        _ACCESS,
        ("challenges", "Open challenges were gone through, and it is noted which the successor takes on."),
        ("plan", "The plan for independent scrutiny was handed over."),
        ("independence", "The new scrutineer has declared interests and earlier work for a partner."),
        ("statement", "It is settled who writes the scrutineer's part of the running year's report."),
    ),
    Office.BUSINESS_MANAGER: (
        _ACCESS,
        ("duties", "Open duties and their dates were gone through together."),
        ("drafts", "Drafts, owed contributions and open checks were handed over."),
        ("mailbox", "The partnership's shared mailbox and the addresses of the national bodies were handed over."),
        _PAPERS,
        _MEETINGS,
    ),
}


def items_for(office: Office) -> Items:
    """What is handed over with an office; nothing where no list is needed."""
    return LISTS.get(office, ())
