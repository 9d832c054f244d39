"""The register of submissions, what is known of each, and what people do with them."""

import pytest

from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.documents import services as documents
from partnership.errors import NotAllowed, WrongState
from partnership.mail.workflow import Ruling
from partnership.submissions import services
from partnership.submissions.models import Submission
from tests import worlds


def read(client, places, path="", name="gwen"):
    client.force_login(places.person(name))
    return client.get(f"/areas/oakshire/submissions/{path}")


def send(client, places, path, name="gwen", **data):
    client.force_login(places.person(name))
    return client.post(f"/areas/oakshire/submissions/{path}", data)


@pytest.fixture
def panel(places):
    places.publish()
    return Submission.objects.get(party="national_panel")


def test_a_visitor_is_asked_to_sign_in_and_another_area_finds_nothing(client, places, panel):
    places.appoint("omar", Office.OBSERVER, places.open("ashford"))
    for path in ("", f"{panel.pk}/"):
        client.logout()
        assert client.get(f"/areas/oakshire/submissions/{path}").status_code == 302
        assert read(client, places, path, "omar").status_code == 404
    client.force_login(places.person("gwen"))
    assert client.get(f"/areas/ashford/submissions/{panel.pk}/").status_code == 404


def test_the_register_says_what_will_appear_before_anything_is_sent(client, places):
    assert "Nothing has been submitted from this area yet." in read(client, places).content.decode()


def test_the_register_claims_no_more_than_is_known(client, places, panel):
    assert read(client, places).content.decode().count("Queued. It has not been sent yet.") == 2
    places.deliver(foundations="uncertain")
    text = read(client, places).content.decode()
    assert "That is not yet proof that anybody read it." in text
    assert "It is not known whether it was sent." in text


def test_the_page_tells_everything_that_is_known(client, places, panel):
    places.deliver()
    text = read(client, places, f"{panel.pk}/").content.decode()
    panel.refresh_from_db()
    assert panel.mail.message_id.strip("<>") in text
    assert "250 taken as 42" in text
    assert panel.files.get().file.sha256 in text
    assert "In time: it was due on 30 September 2026." in text
    assert "national_panel@bodies.example" in text


def test_an_acknowledgement_is_recorded_in_the_words_of_the_recipient(client, places, panel):
    places.deliver()
    assert send(client, places, f"{panel.pk}/acknowledgement/", words="Received with thanks.").status_code == 302
    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "Acknowledged by the recipient." in text
    assert "Received with thanks." in text
    assert send(client, places, f"{panel.pk}/acknowledgement/", words="Again.").status_code == 409


def test_an_acknowledgement_without_words_is_asked_for_again(client, places, panel):
    places.deliver()
    text = send(client, places, f"{panel.pk}/acknowledgement/", words=" ").content.decode()
    assert "Say who acknowledged it and how" in text
    assert "<title>Error: " in text
    assert Submission.objects.get(pk=panel.pk).acknowledged_at is None


@pytest.mark.parametrize("name", ["amina", "dev", "sana"])
def test_only_the_business_manager_records_an_acknowledgement(client, places, panel, name):
    places.deliver()
    assert "Record the acknowledgement" not in read(client, places, f"{panel.pk}/", name).content.decode()
    assert send(client, places, f"{panel.pk}/acknowledgement/", name, words="Yes.").status_code == 403


def test_a_failed_submission_is_tried_again_by_somebody_who_may_publish(client, places, panel):
    places.deliver(national_panel="permanent")
    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "550 no such mailbox" in text
    assert "Try again" in text
    assert "Try again" not in read(client, places, f"{panel.pk}/", "amina").content.decode()
    assert send(client, places, f"{panel.pk}/again/", "amina").status_code == 403
    assert send(client, places, f"{panel.pk}/again/").status_code == 302
    places.deliver()
    panel.refresh_from_db()
    assert panel.accepted_at
    assert panel.mail.attempts == 2


def test_a_second_click_on_try_again_changes_nothing(client, places, panel):
    places.deliver(national_panel="permanent")
    send(client, places, f"{panel.pk}/again/")
    assert send(client, places, f"{panel.pk}/again/").status_code == 409
    assert panel.mail.rulings.count() == 1


def test_an_uncertain_submission_is_settled_with_evidence(client, places, panel):
    places.deliver(national_panel="uncertain")
    text = read(client, places, f"{panel.pk}/").content.decode()
    assert "The relay may have taken it, or not" in text
    page = send(client, places, f"{panel.pk}/outcome/", outcome="arrived", evidence="")
    assert "Say how you know" in page.content.decode()
    send(client, places, f"{panel.pk}/outcome/", outcome="arrived", evidence="Their clerk confirmed it.")
    places.deliver()
    panel.refresh_from_db()
    assert panel.mail.status == "sent"
    assert panel.accepted_at
    assert "Their clerk confirmed it." in read(client, places, f"{panel.pk}/").content.decode()


def test_giving_up_is_told_in_the_timeline_with_its_reason(places, panel):
    places.deliver(national_panel="uncertain")
    services.settle(submission=panel, outcome=Ruling.GIVEN_UP, evidence="Sent on paper.", by=places.person("gwen"))
    assert AuditEntry.objects.filter(event="submission.failed", data__error="Sent on paper.").count() == 1


def test_the_services_refuse_the_wrong_person_and_the_wrong_state(places, panel):
    places.deliver()
    with pytest.raises(NotAllowed):
        services.send_again(submission=panel, by=places.person("amina"))
    with pytest.raises(WrongState):
        services.send_again(submission=panel, by=places.person("gwen"))
    with pytest.raises(NotAllowed):
        services.settle(submission=panel, outcome=Ruling.ARRIVED, evidence="Seen.", by=places.person("sana"))
    with pytest.raises(WrongState):
        services.settle(submission=panel, outcome=Ruling.ARRIVED, evidence="Seen.", by=places.person("gwen"))


def test_more_submissions_cost_no_more_queries(client, places, panel, django_assert_max_num_queries):
    read(client, places)
    with django_assert_max_num_queries(20) as few:
        client.get("/areas/oakshire/submissions/")
    places.publish(label="2024-25")
    with django_assert_max_num_queries(len(few)):
        response = client.get("/areas/oakshire/submissions/")
    assert len(response.context["rows"]) == 4


@pytest.mark.django_db
def test_each_row_and_page_names_the_version_and_which_correction_it_is(client, world):
    second = corrected(world, worlds.published(world))
    third = corrected(world, second)
    client.force_login(world.gwen)
    where = f"/areas/{world.area.slug}/submissions/"
    register = client.get(where).content.decode()
    for edition in ("version 1, to", "version 2, correction 1, to", "version 3, correction 2, to"):
        assert register.count(f"Yearly report 2025-26, {edition}") == 2
    page = client.get(f"{where}{third.submissions.first().pk}/").content.decode()
    assert "</a>, version 3, correction 2</dd>" in page


def corrected(world, version):
    draft = worlds.correct(version, world.gwen)
    sent = documents.send_for_sign_off(version=draft, by=world.gwen)
    return worlds.publish(worlds.signed_by_all(world, sent), world.gwen)
