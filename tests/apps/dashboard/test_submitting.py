"""What the home page tells of submissions: what came back, what to read, and whom to ask after ten working days."""

from datetime import timedelta

import pytest

from partnership import clock
from partnership.areas.roles import Office
from partnership.documents import services as documents
from partnership.documents.models import Ground
from partnership.mail.incoming import keeping
from partnership.submissions import jobs, services
from partnership.submissions.models import Submission
from tests.apps.mail import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(places):
    places.publish()
    places.deliver()
    return Submission.objects.select_related("version", "mail").get(party="national_panel")


def home(client, places, name="gwen"):
    client.force_login(places.person(name))
    return client.get("/")


def acts(response):
    return [item["row"].act for item in response.context["needs"]]


def waits(response):
    return [item["row"].act for item in response.context["waiting"]]


def came(raw):
    keeping.keep(raw)
    jobs.file_incoming()


def chair(places):
    places.appoint("cora", Office.DSP, places.area, seat=places.seats["oakshire"][1])
    places.appoint("cora", Office.CHAIR, places.area)


def test_what_came_back_stands_on_every_home_page_that_must_know_until_it_is_dealt_with(client, places, panel):
    chair(places)
    came(samples.postfix_bounce(panel.mail.envelope_from))

    for name in ("gwen", "cora"):
        assert acts(home(client, places, name)) == ["See to the submission of Yearly report 2025-26 to National Panel"]
        assert not [act for act in waits(home(client, places, name)) if "came back" in act]
    for name in ("amina", "ben"):
        assert "Yearly report 2025-26 came back from the National Panel and is to be sent again" in waits(
            home(client, places, name)
        )

    services.send_anew(submission=panel, by=places.person("gwen"))

    for name in ("gwen", "cora", "amina"):
        response = home(client, places, name)
        assert not [act for act in (*acts(response), *waits(response)) if "came back" in act or "See to" in act]


def test_a_receipt_by_other_means_deals_with_it_too(client, places, panel):
    came(samples.postfix_bounce(panel.mail.envelope_from))

    services.acknowledge(submission=panel, words="Their form took it.", how="portal", by=places.person("gwen"))

    assert acts(home(client, places)) == []


def test_a_reply_is_to_be_read_by_whoever_may_record_it(client, places, panel):
    came(samples.reply(panel.mail.reply_to))

    assert acts(home(client, places)) == ["Read the reply about Yearly report 2025-26 from the National Panel"]
    assert acts(home(client, places, "amina")) == []

    services.acknowledge_reply(event=panel.events.get(), by=places.person("gwen"))

    assert acts(home(client, places)) == []


def test_an_automatic_answer_is_nothing_to_read(client, places, panel):
    came(samples.out_of_office(panel.mail.reply_to))

    assert acts(home(client, places)) == []


@pytest.mark.parametrize(
    ("days", "asked"),
    [(13, 0), (14, 2)],  # sent on Monday 14 September: the tenth working day is Monday 28 September
)
def test_after_ten_working_days_somebody_is_to_ask(client, places, panel, days, asked):
    with clock.frozen(clock.now() + timedelta(days=days)):
        response = home(client, places)
        rows = [item["row"] for item in response.context["needs"]]
        assert len(rows) == asked
        assert len(waits(response)) == 2 - asked
        assert len(waits(home(client, places, "amina"))) == 2  # who may not record it waits as before
    assert all(row.why.startswith("It was sent on 14 September 2026, 10 working days ago") for row in rows)


def test_nobody_asks_of_what_was_acknowledged_came_back_or_was_withdrawn(client, places, panel):
    gwen = places.person("gwen")
    other = Submission.objects.exclude(pk=panel.pk).get()
    services.acknowledge(submission=other, words="Thank you.", by=gwen)
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert acts(home(client, places)) == ["Ask the National Panel to acknowledge Yearly report 2025-26"]
        documents.take_down(version=panel.version, ground=Ground.ERROR, note="It was wrong.", by=gwen)
        assert not [act for act in acts(home(client, places)) if "acknowledge" in act]


def test_more_of_them_cost_no_more_queries(client, places, panel, django_assert_max_num_queries):
    with clock.frozen(clock.now() + timedelta(days=30)):
        home(client, places)
        with django_assert_max_num_queries(200) as few:
            client.get("/")
        most = len(few)  # before another request begins to count anew
        places.publish(label="2024-25")
        places.deliver()
    with clock.frozen(clock.now() + timedelta(days=60)):
        home(client, places)
        with django_assert_max_num_queries(most):
            response = client.get("/")
    assert len([act for act in acts(response) if act.startswith("Ask ")]) == 4
