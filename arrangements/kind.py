"""What the published arrangements need: read this first. Sections and requirements come from the guidance edition."""

from arrangements import selectors, services
from statutory import common
from statutory.years import CalendarYears

ARRANGEMENTS = common.standing(
    key=selectors.KEY,
    title="Published arrangements",
    noun="arrangements",
    address="arrangements",
    title_of=common.titled("Multi-agency safeguarding arrangements"),
    years=CalendarYears(what="Arrangements", first=2019),
    statement=(
        "I have read these arrangements, with the plan for independent scrutiny. I approve them, as lead "
        "safeguarding partner for my agency, as the joint arrangements of the safeguarding partners."
    ),
    figures=common.figures("funding contributions", "attendance"),
    after_publication=(services.tell_agencies,),
    after_withdrawal=(services.tell_withdrawn,),
    published_pages=(("Relevant agencies: told and acknowledged", "arrangements:notices"),),
)
