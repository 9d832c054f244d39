"""Asking for what one has already, for a part, or for the head alone: right for what is public, and telling of nothing else.

Whoever asks for a draft must not learn that there is one: not by a status, a header, a word, or one query more.
"""

import hashlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.companions.models import Kind
from partnership.companions.services import put_in
from partnership.documents import selectors as documents
from partnership.documents import services
from partnership.files import services as files
from tests import worlds
from tests.apps.companions import files as pdfs
from tests.night import IS_NIGHT

pytestmark = pytest.mark.django_db

REPORT = "/published/oakshire/yearly-report/2025-26/"
STORED = "document.pdf", "content.json"
OTHER = "", "evidence.json", "document.docx", "document.html", "sections/foreword/", "sections/impact/"
NEVER = "0" * 64
PICTURE = hashlib.sha256(b"a picture of the draft").hexdigest()
ADDRESSES = [
    *(REPORT + part for part in (*STORED, *OTHER)),
    f"{REPORT}changes/",
    *(f"{REPORT}editions/1/{part}" for part in (*STORED, "", "evidence.json", f"pictures/{NEVER}/")),
    "/published/oakshire/yearly-report/latest/",
    f"{REPORT}versions/children/",
    f"{REPORT}versions/children/document.pdf",
    f"{REPORT}pictures/{PICTURE}/",
    f"{REPORT}pictures/{NEVER}/",
    "/published/oakshire/yearly-report/",
    "/published/oakshire/",
    "/published/",
    "/sitemap.xml",
    "/robots.txt",
    "/api/v1/documents/",
    "/api/v1/documents/oakshire/yearly-report/2025-26/",
]
ASKING = {
    "plain": {},
    "any": {"if-none-match": "*"},
    "this": {"if-none-match": f'"{NEVER}"'},
    "match": {"if-match": f'"{NEVER}"'},
    "since": {"if-modified-since": "Mon, 30 Nov 2026 00:00:00 GMT"},
    "unmodified": {"if-unmodified-since": "Mon, 1 Jan 2024 00:00:00 GMT"},
    "range": {"range": "bytes=0-9"},
    "if-range": {"range": "bytes=0-9", "if-range": f'"{NEVER}"'},
}
HEADED = set(ASKING) if IS_NIGHT else {"plain", "match"}  # the answer to HEAD is made from that to GET


@pytest.fixture
def published(places):
    return places.publish()


@pytest.mark.parametrize("part", STORED)
def test_the_tag_of_a_file_is_the_hash_under_which_it_is_stored(client, published, part):
    answer = client.get(REPORT + part)

    stored = {"document.pdf": published.renditions.get(kind="final").file_id, "content.json": published.sha256}
    assert answer["ETag"] == f'"{stored[part]}"'


@pytest.mark.parametrize("part", [*STORED, "", "evidence.json", "sections/foreword/"])
def test_who_has_it_already_is_told_so_and_gets_nothing_again(client, published, part):
    first = client.get(REPORT + part)
    tag = first["ETag"]

    for asked in (client.get, client.head):
        again = asked(REPORT + part, headers={"if-none-match": f'"{NEVER}", {tag}'})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        assert again.get("Cache-Control") == first.get("Cache-Control")
    assert client.get(REPORT + part, headers={"if-none-match": f'"{NEVER}"'}).content == first.content
    assert client.get(REPORT + part, headers={"if-match": f'"{NEVER}"'}).status_code == 412


@pytest.mark.parametrize("part", [*STORED, *OTHER[:4]])
def test_the_head_is_that_of_the_whole_without_its_body(client, published, part):
    whole, head = client.get(REPORT + part), client.head(REPORT + part)

    assert head.content == b""
    assert head.status_code == whole.status_code == 200
    different = {name for name in whole.headers if whole.headers[name] != head.headers.get(name)}
    # A Word file is an archive with the moment of its making, so each is another.
    assert different <= ({"ETag", "Content-Length"} if part == "document.docx" else set())
    assert set(head.headers) == set(whole.headers)


def test_parts_are_not_given_and_that_is_said(client, published):
    answer = client.get(f"{REPORT}document.pdf", headers={"range": "bytes=0-3"})

    assert answer.status_code == 200
    assert answer["Accept-Ranges"] == "none"
    assert len(answer.content) == published.renditions.get(kind="final").file.size


def test_who_is_signed_in_leaves_nothing_in_a_cache(client, published, places):
    client.force_login(places.person("gwen"))
    answer = client.get(f"{REPORT}document.pdf")

    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-store, private"


def seen():
    """All that a stranger gets of every public address, in every way of asking: status, headers, body, queries."""
    found = {}
    for address in ADDRESSES:
        for name, headers in ASKING.items():
            for method in ("get", "head") if name in HEADED else ("get",):
                with CaptureQueriesContext(connection) as queries:
                    answer = getattr(Client(), method)(address, headers=headers)
                told = {key: value for key, value in answer.headers.items() if key != "Date"}
                found[address, name, method] = (answer.status_code, told, b"".join(answer), len(queries))
    return found


def differences(before, now):
    return {asked: (before[asked][:1], now[asked][:1]) for asked in before if before[asked] != now[asked]}


def test_nothing_that_is_not_public_can_be_told_from_what_never_was(places):
    gwen, council = places.person("gwen"), places.seats["oakshire"][0]
    places.recipients()
    never = seen()
    assert {status for (address, *_), (status, *_) in never.items() if address.startswith(REPORT)} == {404}

    document = places.begin()
    places.write(document)
    files.put(b"a picture of the draft", "image/png")
    assert differences(never, seen()) == {}, "draft"

    version = services.send_for_sign_off(version=documents.draft(document), by=gwen)
    put_in(document=document, kind=Kind.CHILDREN, data=pdfs.pdf(), text="Be safe.", by=gwen)
    assert differences(never, seen()) == {}, "in sign-off"

    places.sign(version)
    assert differences(never, seen()) == {}, "signed"

    services.return_for_changes(version=version, seat=council, reason="No.", by=places.person("amina"))
    services.withdraw(version=documents.draft(document), reason="Begun anew.", by=gwen)
    assert differences(never, seen()) == {}, "withdrawn"


def test_beside_a_published_report_what_is_not_in_it_looks_like_what_never_was(places, published):
    """The hash of a stored file that the report does not show, and a companion that is not published."""
    before = seen()
    files.put(b"a picture of the draft", "image/png")
    put_in(document=published.document, kind=Kind.CHILDREN, data=pdfs.pdf(), text="Be safe.", by=places.person("gwen"))

    now = seen()

    changing = f"{REPORT}document.docx"  # made anew each time
    assert {asked: found for asked, found in differences(before, now).items() if asked[0] != changing} == {}
    for method in ("get", "head"):
        one, other = (now[f"{REPORT}pictures/{sha256}/", "plain", method] for sha256 in (PICTURE, NEVER))
        assert (one[0], one[2:]) == (other[0], other[2:])


def test_the_hash_of_an_unpublished_file_is_as_unknown_as_any(places):
    version = places.send()
    places.sign(version)
    stored = version.renditions.get(kind="final").file_id

    def told(fingerprint):
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(f"/published/check/{fingerprint}/")
        return answer.status_code, answer.content.replace(fingerprint.encode(), b""), len(queries)

    assert told(stored) == told(version.sha256) == told(NEVER)


def test_the_test_would_notice_a_publication(places):
    never = seen()
    places.publish()

    assert {asked[0] for asked in differences(never, seen())} >= {REPORT, "/sitemap.xml", "/published/oakshire/"}


def test_a_world_with_real_pdfs_has_tags_that_anybody_can_compute(client):
    version = worlds.published(worlds.area_with_its_cast())
    answer = client.get(f"/published/{version.document.area.slug}/yearly-report/2025-26/document.pdf")

    assert answer["ETag"].strip('"') == hashlib.sha256(answer.content).hexdigest()
