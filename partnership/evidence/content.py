"""What the bundle of a publication holds: each file with its bytes and a sentence on what it is. Nothing of a draft."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from partnership.companions.models import Companion
from partnership.documents import canonical, certificate
from partnership.documents import jobs as documents_jobs
from partnership.documents.guidance_rows import guidance_rows
from partnership.documents.models import Rendition, RenditionKind, Version
from partnership.evidence import archive, facts, messages, selectors, sheets
from partnership.evidence.archive import Member, Names, as_json
from partnership.evidence.models import DailyList
from partnership.files import services as files
from partnership.living import presenting as living
from partnership.public import presenting as public
from partnership.word import presenting as word

README = "README.txt"


def bundle(version: Version) -> bytes:
    """The evidence of one publication as one file; the same facts give the same bytes. FileDamaged for a file that is."""
    parts = (_text, _guidance, _attached, _sent, _presented, _page, _listed)
    members = [member for part in parts for member in part(version)]
    return archive.packed([_readme(version, members), *members], {"document": facts.about(version)})


def _text(version: Version) -> Iterator[Member]:
    """The publication itself, in each of its forms, and who agreed to it."""
    final: Rendition | None = version.renditions.filter(kind=RenditionKind.FINAL).select_related("file").first()
    if final:
        yield Member("document.pdf", files.read(final.file), "The published PDF, byte by byte, with its signatures.")
    yield Member("content.json", version.content.encode(), "The text exactly as it was signed. Its SHA-256 was signed.")
    where = settings.PUBLIC_ADDRESS + public.edition_address(version, "edition_content")
    evidence = certificate.as_text(certificate.evidence(version, where=where)).encode()
    yield Member(
        "evidence.json", evidence, "The certificate as data: who signed which text, when and how, and who did not."
    )
    yield Member("certificate.html", sheets.agreed(version), "The same for people.")
    page = word.html_of(version, living.in_words(version), is_dated=False).encode()
    yield Member(
        "record.html", page, "The text with its signatures as one page, as the public site gives it to take away."
    )
    yield Member(
        "history.json", as_json(facts.history(version)), "Corrections, reviews, and what became of each version."
    )


def _guidance(version: Version) -> Iterator[Member]:
    """How it meets the guidance: for people, for a spreadsheet and as data."""
    document = canonical.load(version.content)
    rows = guidance_rows(document)
    yield Member("requirements.html", sheets.requirements(version, rows), "Each requirement, and where it is answered.")
    yield Member("requirements.csv", sheets.requirements_csv(rows), "The same for a spreadsheet.")
    yield Member("requirements.json", as_json(document["guidance"]), "The same as data, as it was signed.")


def _attached(version: Version) -> Iterator[Member]:
    """The pictures of the text, and the children's and Easy Read versions that were published for it."""
    names = Names()
    pictures = documents_jobs.pictures_of(canonical.load(version.content))
    for number, (_, data) in enumerate(sorted(pictures.items()), 1):
        ending = "png" if data.startswith(b"\x89PNG") else "jpg"
        yield Member(names.of("attachments", f"picture-{number}.{ending}"), data, "A picture of the text.")
    beside = Companion.objects.filter(made_for=version, published_at__isnull=False).select_related("file")
    for row in beside.order_by("kind", "number"):
        what = f"The {row.words}, edition {row.number}, published beside it."
        if row.file:
            yield Member(names.of("attachments", f"{row.kind}-{row.number}.pdf"), files.read(row.file), what)
        if row.text:
            yield Member(names.of("attachments", f"{row.kind}-{row.number}.txt"), row.text.encode(), what)


def _sent(version: Version) -> Iterator[Member]:
    """Each message to a national body, and all that is known of it."""
    names, sent = Names(), facts.submissions_of(version)
    told, rows, notices = facts.notices(sent), [], []
    for row in sent:
        name = names.of("messages", f"{row.party}.eml")
        yield Member(name, messages.as_file(row.mail), f"The message to {row.recipient_in_words}, with its attachment.")
        known = facts.submission(row, name)
        known["earlier_messages"] = []
        for mail in facts.earlier_messages(row):
            name = names.of("messages", f"{row.party}-earlier.eml")
            yield Member(name, messages.as_file(mail), f"An earlier message to {row.recipient_in_words}.")
            known["earlier_messages"].append(facts.message(mail, name))
        kept = {event.pk: names.of("came-back", f"{row.party}.eml") for event in row.events.all()}
        for event in row.events.all():
            what = f"What came in for {row.recipient_in_words}: {event.get_what_display().lower()}."
            yield Member(kept[event.pk], files.read(event.incoming.file), what)
        known["came_back"] = facts.came_back(row, kept)
        if row.receipt:
            name = names.of("acknowledgements", row.receipt_name or f"{row.party}-receipt")
            yield Member(name, files.read(row.receipt), f"The receipt of {row.recipient_in_words}.")
        rows.append(known)
        if notice := told.get(row.pk):
            name = names.of("messages", f"{row.party}-withdrawn.eml")
            what = f"The message that told {row.recipient_in_words} of the withdrawal."
            yield Member(name, messages.as_file(notice), what)
            notices.append(facts.message(notice, name))
    data = {"submissions": rows, "notices_of_withdrawal": notices}
    yield Member("deliveries.json", as_json(data), "Every attempt, answer, decision and acknowledgement, as data.")
    shown = sheets.deliveries(version, rows, notices, facts.history(version))
    yield Member("deliveries.html", shown, "The same for people.")


def _presented(version: Version) -> Iterator[Member]:
    """Where it was presented after that, and what was asked and answered."""
    rows = facts.presentations(version)
    yield Member("presentations.json", as_json(rows), "Before which boards and committees it was presented, as data.")
    yield Member("presentations.html", sheets.presented(version, rows), "The same for people.")


def _page(version: Version) -> Iterator[Member]:
    """The public page as a machine fetched it, each time, and why it could not where it could not."""
    fetched = list(selectors.fetches(version))
    told = facts.public_page(version, fetched)
    what = "When the public page was fetched, from where, with which answer; or why it could not be."
    yield Member("public-page/fetches.json", as_json(told), what)
    for row in fetched:
        if row.body:
            what = f"The body of the answer at {row.address}, byte by byte, at {facts.at(row.fetched_at)}."
            yield Member(facts.page_name(row), files.read(row.body), what)


def _listed(version: Version) -> Iterator[Member]:
    """The daily lists in which its fingerprints stand, each as it was made, with its signature."""
    rows = DailyList.objects.filter(listed__version=version).select_related("signature").distinct()
    for row in rows.order_by("day"):
        name = f"daily-lists/fingerprints-{row.day}"
        what = f"The public list of the fingerprints of {row.day}, exactly as it was made; it follows {row.previous or 'none'}."
        yield Member(f"{name}.json", row.content.encode(), what)
        if row.signature:
            yield Member(f"{name}.p7s", files.read(row.signature), "The signature over that list (CMS, detached).")


def _readme(version: Version, members: list[Member]) -> Member:
    context: dict[str, Any] = {
        "version": version,
        "document": version.document,
        "members": sorted(members, key=lambda member: member.name),
        "page": facts.in_words(version, list(selectors.fetches(version))),
        "message": next((member.name for member in members if member.name.startswith("messages/")), ""),
    }
    text = render_to_string("evidence/readme.txt", context)
    return Member(README, text.encode(), "What is in here, and how to check it by hand.")
