"""What the API gives of publications. Every field is listed: a new column is never public by accident."""

from datetime import date
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnership.documents import canonical, certificate
from partnership.documents.kinds import address_of
from partnership.living import presenting as living
from partnership.public import presenting


class Publication(serializers.Serializer[Any]):
    """One published document, without its text."""

    area = serializers.CharField(source="document.area.slug")
    area_name = serializers.CharField(source="document.area.name")
    kind = serializers.CharField(source="document.kind")
    period = serializers.CharField(source="document.period_label")
    title = serializers.CharField(source="document.title")
    status = serializers.ChoiceField(choices=["published", "superseded", "consolidated"])
    version = serializers.IntegerField(source="number")
    published_at = serializers.DateTimeField()
    sha256 = serializers.CharField(help_text="SHA-256 of the canonical text at content_url.")
    url = serializers.SerializerMethodField(help_text="This document with its content and signatures.")
    page_url = serializers.SerializerMethodField(help_text="The page for people.")
    pdf_url = serializers.SerializerMethodField(help_text="The PDF made of the same content.")
    content_url = serializers.SerializerMethodField(help_text="The canonical text exactly as it was hashed.")

    def _absolute(self, path: str) -> str:
        return str(self.context["request"].build_absolute_uri(path))

    def get_url(self, version: Any) -> str:
        document = version.document
        return self._absolute(reverse("api-document", args=[document.area.slug, address_of(document)]))

    def get_page_url(self, version: Any) -> str:
        return self._absolute(presenting.address(version))

    def get_pdf_url(self, version: Any) -> str:
        return self._absolute(presenting.address(version, "pdf"))

    def get_content_url(self, version: Any) -> str:
        return self._absolute(presenting.address(version, "content"))


class Signature(serializers.Serializer[Any]):
    """One seat's signature under the text, as on the page."""

    agency = serializers.CharField(source="agency_name")
    office = serializers.CharField(source="office_name")
    name = serializers.CharField(source="person_name")
    capacity = serializers.CharField()
    position = serializers.ChoiceField(choices=["approve", "reserve"])
    reservation = serializers.CharField(help_text="Published with the signature. Empty without one.")
    statement = serializers.CharField()
    signed_at = serializers.DateTimeField()
    sha256 = serializers.CharField(help_text="The text that was signed.")


class PublicationDetail(Publication):
    """One published document with its frozen text and its signatures."""

    signatures = Signature(source="sign_offs", many=True)
    not_signed = serializers.SerializerMethodField(help_text="Each required seat that has not signed, and why.")
    evidence_url = serializers.SerializerMethodField(help_text="Who signed, when and how, as data.")
    correct_on = serializers.SerializerMethodField(
        help_text="The day of its facts, if the records of the partnership have changed since. Empty for a text that "
        "tells of a period alone, and while nothing is known to have changed."
    )
    changed_since = serializers.SerializerMethodField(help_text="What has changed since then, a sentence each.")
    content = serializers.SerializerMethodField(help_text="The frozen document. The canonical text is at content_url.")

    @extend_schema_field({"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}})
    def get_not_signed(self, version: Any) -> list[dict[str, str]]:
        rows = certificate.signatures(version)
        return [{key: row[key] for key in ("agency", "why", "reason")} for row in rows if not row["at"]]

    def get_evidence_url(self, version: Any) -> str:
        return self._absolute(presenting.address(version, "evidence"))

    def get_correct_on(self, version: Any) -> date | None:
        stands = living.standing(version)
        return stands.correct_on if stands else None

    def get_changed_since(self, version: Any) -> list[str]:
        stands = living.standing(version)
        return stands.pending if stands else []

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_content(self, version: Any) -> dict[str, Any]:
        return canonical.load(version.content)
