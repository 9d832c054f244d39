"""What the clock does with documents: it makes the PDFs that are missing."""

import logging

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import certificate, content, rendering, sealing
from partnership.documents.guidance_rows import guidance_rows
from partnership.documents.kinds import address_of
from partnership.documents.models import Rendition, RenditionKind, Version
from partnership.documents.workflow import AGREED, Status
from partnership.files import services as files
from partnership.files.models import StoredFile

log = logging.getLogger(__name__)


def missing() -> QuerySet[Version]:
    """Versions that should have a PDF and have none: a proof once frozen, the final one once signed."""
    made = Rendition.objects.filter(version=OuterRef("pk"))
    wants_proof = Q(status=Status.IN_SIGN_OFF) & ~Exists(made.filter(kind=RenditionKind.PROOF))
    wants_final = Q(status__in=AGREED) & ~Exists(made.filter(kind=RenditionKind.FINAL))
    return Version.objects.filter(wants_proof | wants_final).select_related("document__area").order_by("frozen_at")


def render_missing() -> int:
    """Make every PDF that is missing. Safe to run at any time, any number of times. Returns how many were made."""
    made = 0
    for version in missing():
        kind = RenditionKind.FINAL if version.status in AGREED else RenditionKind.PROOF
        try:
            made += render(version, kind)
        except Exception:
            # One report that cannot be printed must not keep the others waiting; it is tried again at the next sweep.
            log.exception("rendering_failed version=%s kind=%s", version.pk, kind)
    return made


def render(version: Version, kind: RenditionKind) -> bool:
    """Make one PDF from the frozen content. False when another worker was quicker."""
    document = content.of(version)
    pdf = rendering.to_pdf(
        document,
        status=content.status_in_words(version) if kind == RenditionKind.PROOF else version.get_status_display(),
        signatures=[row for row in certificate.signatures(version) if row["at"] or row["why"]],
        fingerprint=version.sha256 or "",
        address=public_address(version),
        attachments=pictures_of(document),
        guidance_rows=guidance_rows(document),
        evidence=certificate.as_text(certificate.evidence(version)) if kind == RenditionKind.FINAL else "",
    )
    # A seal takes the time of its making in, so its bytes are not repeatable: what is stored here is the record.
    data = sealing.sealed(pdf.data) if kind == RenditionKind.FINAL and sealing.is_configured() else pdf.data
    try:
        with transaction.atomic():
            file = files.put(data, "application/pdf")
            rendition = Rendition.objects.create(version=version, kind=kind, file=file, pages=pdf.pages)
            audit.record(
                Event.RENDITION_MADE,
                area_slug=version.document.area.slug,
                target=rendition,
                subject=version.document.subject,
                data={"title": version.document.title, "version": version.number, "kind": kind.label},
            )
    except IntegrityError:
        return False
    return True


def public_address(version: Version) -> str:
    """The permanent address of the document."""
    where = [version.document.area.slug, address_of(version.document)]
    return settings.PUBLIC_ADDRESS + reverse("public:document", args=where)


def pictures_of(document: dict[str, object]) -> dict[str, bytes]:
    """The bytes of every picture that a document shows, by hash."""
    hashes = [row["sha256"] for row in document["attachments"]]  # type: ignore[attr-defined, index]
    return {file.sha256: files.read(file) for file in StoredFile.objects.filter(sha256__in=hashes)}
