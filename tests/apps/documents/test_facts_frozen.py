"""Facts of a text that is frozen: value, source and day, the same on the page, in the PDF and in the content."""

import json
import re
from datetime import timedelta
from io import BytesIO

import page as validator
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pypdf import PdfReader

from partnership import clock
from partnership.areas.roles import Office
from partnership.documents import canonical, content, services, tokens
from partnership.documents import jobs as documents_jobs
from partnership.documents.kinds import address_of
from partnership.files import services as files
from tests import worlds
from tests.apps.documents.test_facts import (
    TEXT,
    end,
    save,
    world,  # noqa: F401  (fixtures)
)

pytestmark = pytest.mark.django_db


def frozen_with(world, body=TEXT):
    draft = worlds.written(world, "arrangements", "2026")
    save(draft, "leadership", body, world.gwen)
    return services.send_for_sign_off(version=draft, by=world.gwen)


def test_sending_freezes_value_source_and_day_and_nothing_changes_them(world):
    version = frozen_with(world)
    before = version.content

    end(Office.LSP, world.police)
    with clock.frozen(clock.now() + timedelta(days=40)):
        shown = content.of(version)
    version.refresh_from_db()
    facts = {row["name"]: row for row in shown["facts"]}

    assert version.content == before
    assert facts["lsp police"]["value"] == "Cerys"
    assert facts["lsp police"]["as_of"] == clock.today().isoformat()
    assert facts["lsp police"]["source"] == "The partnership's register of offices"
    assert facts["dsp council"]["places"] == [{"section": "leadership", "block": 3}]


@pytest.mark.real_pdf
def test_a_fact_says_the_same_on_the_page_in_the_pdf_and_in_the_content(world):
    version = frozen_with(world)
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(version, place, who)
    documents_jobs.render_missing()
    version.refresh_from_db()
    worlds.publish(version, world.gwen)
    where = [world.area.slug, address_of(version.document)]

    page = Client().get(reverse("public:document", args=where)).content.decode()
    data = json.loads(Client().get(reverse("public:content", args=where)).content)
    file = files.read(version.renditions.get(kind="final").file)
    pdf = PdfReader(BytesIO(file))
    printed = re.sub(r"\s+", " ", " ".join(leaf.extract_text() for leaf in pdf.pages))

    assert canonical.canonical(data) == version.content
    assert {row["name"] for row in data["facts"]} == {"lsp police", "lsp icb", "partner council", "dsp council"}
    for row in data["facts"]:
        at = tokens.anchor(row["name"])
        assert f'href="#{at}">{row["value"]}</a>' in page
        assert f'id="{at}"' in page
        # Value and source stand in one cell: four columns would be too narrow for long words.
        assert f"<strong>{row['value']}</strong><br>{escape(row['source'])}, " in page
        assert f"{row['title']} {row['value']}" in printed
    assert "The police are led by Cerys." in printed
    assert "Facts drawn from the records" in printed
    for profile in ("3a", "ua1"):
        assert validator.validate_pdf_bytes(file, profile=profile).is_compliant
    assert "{{" not in printed and "{{" not in page and "{{" not in version.content
