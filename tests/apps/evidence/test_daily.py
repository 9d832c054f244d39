"""The list of each day: all that became public, once each, chained to the day before, signed, and never changed."""

import hashlib
import json
import subprocess
from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from partnership import clock
from partnership.documents import services
from partnership.documents.models import Ground
from partnership.evidence import content, daily
from partnership.evidence.models import DailyList, Listed
from partnership.files import services as files
from partnership.operations import jobs as operations
from tests import worlds
from tests.apps.documents import certificates
from tests.apps.documents.certificates import Certificate
from tests.apps.documents.test_races import at_once
from tests.apps.evidence.made import corrected

pytestmark = pytest.mark.django_db


def after(days=1):
    return clock.frozen(clock.now() + timedelta(days=days))


def told(made):
    return json.loads(made.content)


def test_no_list_is_made_before_anything_is_public_nor_before_its_day_is_over(world):
    worlds.signed(world)
    with after(400):
        assert daily.make_due() == 0

    worlds.publish(world_version(world), world.gwen)
    assert daily.make_due() == 0
    with after():
        assert (daily.make_due(), daily.make_due()) == (1, 0)


def world_version(world):
    return world.area.documents.get().versions.get()


def test_a_list_names_text_and_pdf_and_nothing_of_a_draft(world):
    version = worlds.published(world)
    worlds.written(world, "arrangements", "2026")
    with after():
        daily.make_due()

    made = DailyList.objects.get()
    final = version.renditions.get(kind="final").file_id
    assert made.day == clock.today()
    assert made.sha256 == hashlib.sha256(made.content.encode()).hexdigest()
    assert {(row["what"], row["sha256"]) for row in told(made)["published"]} == {
        ("text", version.sha256),
        ("pdf", final),
    }
    assert told(made)["published"][0] | {"sha256": "", "what": ""} == {
        "sha256": "", "what": "", "partnership": world.area.partnership_name, "title": version.document.title,
        "version": 1, "published_at": "2026-09-14T08:00:00+00:00",
    }  # fmt: skip
    assert set(Listed.objects.values_list("sha256", flat=True)) == {version.sha256, final}


def test_each_day_has_its_list_and_each_names_the_one_before(world):
    version = worlds.published(world)
    with after(3):
        assert operations.run_due()["daily_lists_made"] == 3
        services.take_down(version=version, ground=Ground.ERROR, note="A figure is wrong.", by=world.eve)
    with after(4):
        daily.make_due()

    first, second, third, fourth = DailyList.objects.order_by("day")
    assert (first.previous, second.previous, third.previous) == ("", first.sha256, second.sha256)
    assert told(fourth)["previous"] == third.sha256
    assert [len(told(made)["published"]) for made in (first, second, third, fourth)] == [2, 0, 0, 0]


def test_what_was_overlooked_on_its_day_stands_in_the_next_list(world, monkeypatch):
    version = worlds.published(world)
    monkeypatch.setattr(daily, "_pdfs", lambda end: iter(()))
    with after():
        daily.make_due()
    monkeypatch.undo()
    with after(2):
        daily.make_due()

    assert Listed.objects.get(what="text").day.day == clock.today()
    late = Listed.objects.get(what="pdf")
    assert late.day.day == clock.today() + timedelta(days=1)
    assert late.sha256 == version.renditions.get(kind="final").file_id


def test_a_long_stop_is_caught_up_in_several_runs(world, monkeypatch):
    worlds.published(world)
    monkeypatch.setattr(daily, "AT_ONCE", 3)
    with after(7):
        assert [daily.make_due() for _ in range(4)] == [3, 3, 1, 0]


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"previous": "0" * 64}, "a list follows the newest one"),
        ({"day": date(2026, 9, 14)}, "a list follows the newest one"),
        ({"content": '{"day":"2026-09-15","previous":"","records":""}'}, "those that its text names"),
        ({"heads": "[]"}, "those that its text names"),
    ],
)
def test_the_database_refuses_a_list_that_does_not_follow(world, what, refusal):
    worlds.published(world)
    with after(2):
        daily.make_due()
    last = DailyList.objects.first()
    text = daily.as_text({**told(last), "day": "2026-09-16", "previous": last.sha256})
    row = {"day": date(2026, 9, 16), "content": text, "previous": last.sha256, "heads": last.heads, **what}

    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        DailyList.objects.create(**row)
    DailyList.objects.create(
        **{**row, "content": text, "day": date(2026, 9, 16), "heads": last.heads, "previous": last.sha256}
    )


def test_a_list_and_what_is_in_it_are_never_changed_removed_or_added_to(world):
    version = worlds.published(world)
    with after():
        daily.make_due()
    made = DailyList.objects.get()
    acts = (
        lambda: DailyList.objects.update(content="{}"),
        lambda: Listed.objects.update(what="pdf"),
        lambda: Listed.objects.all().delete(),
        lambda: connection.cursor().execute("DELETE FROM evidence_dailylist"),
        lambda: Listed.objects.create(day=made, sha256="a" * 64, what="pdf", version=version),
    )
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_list_of_a_day():
    worlds.published(worlds.area_with_its_cast())
    with after(3):
        at_once(daily.make_due, daily.make_due, daily.make_due)
        daily.make_due()

    rows = list(DailyList.objects.order_by("day"))
    assert [row.day.day for row in rows] == [14, 15, 16]
    assert [row.previous for row in rows] == ["", rows[0].sha256, rows[1].sha256]


def test_a_list_is_signed_so_that_openssl_can_tell(world, settings, tmp_path):
    root = certificates.root()
    seal = Certificate("Document seal", root)
    for name, data in (("seal", seal.pem + root.pem), ("key", seal.key_pem()), ("root", root.pem)):
        (tmp_path / name).write_bytes(data)
    worlds.published(world)
    settings.SEAL = {
        "certificate": str(tmp_path / "seal"), "key": str(tmp_path / "key"), "passphrase": "", "timestamps": "",
    }  # fmt: skip
    with after():
        daily.make_due()
    made = DailyList.objects.get()
    (tmp_path / "list.json").write_bytes(made.content.encode())
    (tmp_path / "list.p7s").write_bytes(files.read(made.signature))

    def verified():
        names = ["-in", "list.p7s", "-content", "list.json", "-CAfile", "root"]
        asked = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", *names]
        return subprocess.run(asked, cwd=tmp_path, capture_output=True, check=False).returncode == 0

    assert verified()
    (tmp_path / "list.json").write_bytes(made.content.replace("2026", "2025", 1).encode())
    assert not verified()


def test_a_list_that_was_to_be_signed_is_not_made_without(world, settings, caplog):
    worlds.published(world)
    settings.SEAL = {**django_settings.SEAL, "certificate": "/nowhere"}
    with after():
        assert operations.run_due()["daily_lists_made"] == operations.FAILED

    assert not DailyList.objects.exists()
    caplog.clear()


def test_a_page_shows_each_list_its_text_and_where_a_copy_stands_in_it(world, client):
    version = worlds.published(world)
    final = version.renditions.get(kind="final").file_id
    checked = reverse("public:checked", args=[final])
    assert "Not yet: the list of a day is made after midnight" in client.get(checked).content.decode()
    with after(3):
        daily.make_due()
        page = client.get(checked).content.decode()
        first, second = (
            client.get(reverse("public:day", args=[day])).content.decode() for day in ("2026-09-14", "2026-09-15")
        )
        lists = client.get(reverse("public:days")).content.decode()
    made = DailyList.objects.get(day=clock.today())

    assert "list of 14 September 2026</a></dd>" in page
    assert final in first and version.sha256 in first and made.sha256 in first and "It is the first." in first
    assert "Nothing became public on this day" in second and "list of 14 September 2026</a>" in second
    # Of the days on which nothing became public the newest alone.
    assert lists.index("16 September 2026") < lists.index("14 September 2026") and "15 September 2026" not in lists
    assert client.get(reverse("public:day_content", args=["2026-09-14"])).content == made.content.encode()
    assert client.get(reverse("public:day_signature", args=["2026-09-14"])).status_code == 404
    for never in ("2026-09-17", "20260914", "2026-9-14", "x"):
        assert client.get(f"/published/check/days/{never}/").status_code == 404


def test_the_list_lies_in_the_bundle_of_what_stands_in_it(world):
    version = worlds.published(world)
    before = content.bundle(version)
    with after():
        daily.make_due()

    made = DailyList.objects.get()
    assert made.content.encode() not in before
    assert made.content.encode() in content.bundle(version)
    assert b"daily-lists/fingerprints-2026-09-14.json" in content.bundle(version)


def test_a_correction_stands_in_the_list_of_its_own_day(world):
    first = worlds.published(world)
    with after():
        daily.make_due()
        second = corrected(world, first)
    with after(2):
        daily.make_due()

    assert Listed.objects.get(sha256=second.sha256).day.day == clock.today() + timedelta(days=1)
