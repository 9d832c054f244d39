"""The pages of a companion, inside and for everybody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnership.companions.models import Companion, Kind
from partnership.companions.services import put_in
from partnership.documents import services as workflow
from tests import worlds
from tests.apps.companions import files
from tests.apps.companions.test_services import agreed

pytestmark = pytest.mark.django_db


def test_from_the_upload_to_the_public_page(world, client):
    version = worlds.signed(world)
    inside = f"/areas/{world.area.slug}/yearly-report/2025-26/companions/"
    public = f"/published/{world.area.slug}/yearly-report/2025-26/"
    client.force_login(world.gwen)
    assert "There is none yet." in client.get(inside).content.decode()
    bad = SimpleUploadedFile("a.pdf", files.pdf(script="app.alert(1)"), "application/pdf")
    page = client.post(inside, {"kind": "children", "file": bad, "text": "Hello."}).content.decode()
    assert "holds a script" in page
    assert "Hello." in page
    good = SimpleUploadedFile("a.pdf", files.pdf(tagged=False), "application/pdf")
    page = client.post(inside, {"kind": "children", "file": good, "text": "## Hello\n\nBe safe."}, follow=True)
    assert "It is not tagged" in page.content.decode()
    companion = Companion.objects.get()
    publish = f"/areas/{world.area.slug}/yearly-report/2025-26/versions/1/publish/"
    page = client.get(publish).content.decode()
    assert "There is no Easy Read version." in page
    assert "The children&#x27;s version is not yet agreed. Still to agree: NHS Ashdown Integrated Care Board, " in page
    assert "It will not appear until they have." in page

    client.force_login(world.dev)
    where = f"{inside}{companion.pk}/agree/"
    assert "Be safe." in client.get(where).content.decode()
    assert client.post(where, {"seen": "0" * 64}).status_code == 409
    assert "Agreed for Ashdown Council" in client.post(where, {"seen": companion.sha256}, follow=True).content.decode()
    client.force_login(world.amina)
    assert client.get(where).status_code == 403
    agreed(world, companion)
    worlds.publish(version, world.gwen)
    client.force_login(world.gwen)
    client.post(f"{inside}{companion.pk}/publish/")
    client.logout()
    assert "Children&#x27;s version" in client.get(public).content.decode()
    page = client.get(f"{public}versions/children/").content.decode()
    assert "Be safe." in page
    assert "has changed since" not in page
    assert client.get(f"{public}versions/children/document.pdf").content == files.pdf(tagged=False)
    assert client.get(f"{public}versions/easy-read/").status_code == 404


def test_nobody_else_sees_what_is_not_public(world, client):
    version = worlds.published(world)
    row = put_in(document=version.document, kind=Kind.CHILDREN, data=files.pdf(), text="", by=world.gwen)
    inside = f"/areas/{world.area.slug}/yearly-report/2025-26/companions/"
    for who in (world.harry, world.ines):
        client.force_login(who)
        for page in ("", f"{row.pk}/", f"{row.pk}/agree/", f"{row.pk}/document.pdf"):
            assert client.get(f"{inside}{page}").status_code == 404
    client.logout()
    assert client.get(f"/published/{world.area.slug}/yearly-report/2025-26/versions/children/").status_code == 404


def test_while_the_document_is_written_the_page_says_what_it_is_for_and_what_can_be_prepared(world, client):
    draft = worlds.written(world)
    inside = f"/areas/{world.area.slug}/yearly-report/2025-26/companions/"
    for who in (world.gwen, world.femi):
        client.force_login(who)
        page = client.get(inside).content.decode()
        assert "for two short versions of the document" in page
        assert "from the day this document is sent for sign-off" in page
        assert "What you can prepare now" in page
        assert "ompanion is" not in page
        assert 'name="kind"' not in page
    workflow.send_for_sign_off(version=draft, by=world.gwen)
    client.force_login(world.gwen)
    page = client.get(inside).content.decode()
    assert "What you can prepare now" not in page
    assert 'name="kind"' in page


def test_whoever_sees_the_document_reads_an_edition_and_is_asked_for_nothing(world, client):
    version = worlds.in_sign_off(world)
    text = "We keep children safe.\n\nAll of us."
    row = put_in(document=version.document, kind=Kind.EASY_READ, data=None, text=text, by=world.gwen)
    inside = f"/areas/{world.area.slug}/yearly-report/2025-26/companions/"
    for who in (world.gwen, world.amina, world.femi, world.dev):
        client.force_login(who)
        assert f'href="{inside}{row.pk}/"' in client.get(inside).content.decode()
        page = client.get(f"{inside}{row.pk}/").content.decode()
        assert "We keep children safe." in page
        assert "All of us." in page
        assert "Agree for" not in page
        assert client.post(f"{inside}{row.pk}/").status_code == 405
    assert "read this Easy Read version. It says" in client.get(f"{inside}{row.pk}/agree/").content.decode()
