"""Word files for a draft: uploading one, saying where each heading goes, the record of what became of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import Document, Version
from partnership.documents.views import loading
from partnership.errors import Conflict, Incomplete, decide
from partnership.files import services as files
from partnership.web.errors import told
from partnership.web.uploads import takes_files_up_to
from partnership.word import joining, policies, presenting, selectors, services
from partnership.word.forms import TakeForm, UploadForm
from partnership.word.models import Fate, WordImport
from partnership.word.reading import MOST_BYTES
from partnership.word.views import answers

FORM = ["GET", "HEAD", "POST"]


def _document(request: Request, area: str, document: str) -> Document:
    """The document, for whoever writes in it: a file may hold more than what is shown of it."""
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.DRAFT_DOCUMENT, found.area)
    return found


def _word(request: Request, area: str, document: str, imported: int) -> WordImport:
    found = _document(request, area, document)
    return get_object_or_404(selectors.of_document(found), pk=imported)


@takes_files_up_to(MOST_BYTES)
@require_http_methods(FORM)
def imports(request: Request, area: str, document: str) -> HttpResponse:
    """The files that were uploaded for this document, and the form for another."""
    found = _document(request, area, document)
    may_upload = decide(policies.check_has_draft, documents.draft(found))
    form = UploadForm()
    if request.method == "POST":
        policies.check_has_draft(documents.draft(found))
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                word = services.upload(document=found, data=file.read(), name=file.name, by=request.user)
            except Incomplete as refusal:
                form.add_error("file", refusal.sentence)
            else:
                messages.success(request, f"“{word.file_name}” is read. Nothing of it is in the draft yet.")
                return redirect("word:import", area, address_of(found), word.pk)
    context = {
        **loading.common(found),
        "form": form,
        "may_upload": may_upload,
        "imports": selectors.of_document(found),
    }
    return render(request, "word/imports.html", context)


@require_http_methods(FORM)
def imported(request: Request, area: str, document: str, imported: int) -> HttpResponse:
    """One file: what was not taken, where each heading goes or went, and its pictures."""
    word = _word(request, area, document, imported)
    assert word.document is not None
    draft = documents.draft(word.document)
    form, status = None, 200
    if draft is not None:
        form = _form(request, word, draft)
    if request.method == "POST":
        policies.check_has_draft(draft)
        assert form is not None
        if form.is_valid():
            try:
                return _taken(request, word, services.take(word=word, choice=form.choice(), by=request.user))
            except Conflict as refusal:
                form.add_error(None, refusal.sentence)
                status = told(request, refusal)
            except Incomplete as refusal:
                for name, sentence in refusal.problems or ((None, refusal.sentence),):
                    form.add_error(name if name in form.fields else None, sentence)
    context = {**loading.common(word.document), **_shown(word), "form": form}
    return render(request, "word/import.html", context, status=status)


def _form(request: Request, word: WordImport, draft: Version) -> TakeForm:
    waiting = [part for part in word.parts.all() if part.fate == Fate.WAITING]
    numbers = {number for part in waiting for number in joining.pictures_in(part.body)}
    pictures = [picture for picture in word.pictures.all() if picture.number in numbers]
    typed = request.POST if request.method == "POST" else None
    with_others = kind(draft.document.kind).with_others(draft, request.user)
    sections = list(draft.sections.order_by("position"))
    return TakeForm(typed, parts=waiting, sections=sections, pictures=pictures, with_others=with_others)


def _taken(request: Request, word: WordImport, done: services.Taken) -> HttpResponse:
    assert word.document is not None
    if done.sections:
        messages.success(request, f"Taken into: {', '.join(f'“{title}”' for title in done.sections)}.")
    if done.aside:
        titles = ", ".join(f"“{title}”" for title in done.aside)
        messages.info(
            request,
            f"Somebody had saved {titles} since you opened the page. The new text is kept aside there, under “Texts saved "
            "before”, and theirs stands.",
        )
    if not done.sections and not done.aside:
        messages.success(request, "Noted as not taken.")
    return redirect("word:import", word.area.slug, address_of(word.document), word.pk)


def _shown(word: WordImport) -> dict[str, Any]:
    parts = list(word.parts.select_related("decided_by"))
    return {
        "word": word,
        "decided": [part for part in parts if part.fate != Fate.WAITING],
        "waiting": [part for part in parts if part.fate == Fate.WAITING],
    }


@require_http_methods(FORM)
def remove(request: Request, area: str, document: str, imported: int) -> HttpResponse:
    """Confirm, then take a file away with all that was read from it."""
    word = _word(request, area, document, imported)
    assert word.document is not None
    if request.method == "POST":
        services.remove(word=word, by=request.user)
        messages.success(request, f"“{word.file_name}” is removed, with everything that was read from it.")
        return redirect("word:imports", area, address_of(word.document))
    policies.check_is_there(word)
    context = {**loading.common(word.document), "word": word, "again": selectors.same_file(word)}
    return render(request, "word/remove.html", context)


@require_safe
def file(request: Request, area: str, document: str, imported: int) -> HttpResponse:
    """The file as it was uploaded."""
    word = _word(request, area, document, imported)
    if word.file is None:
        raise Http404("This file was removed.")
    return answers.download(files.read(word.file), presenting.WORD, word.file_name)


@require_safe
def picture(request: Request, area: str, document: str, imported: int, drawn: int) -> HttpResponse:
    """A picture of the file, cleaned."""
    word = _word(request, area, document, imported)
    return answers.shown(get_object_or_404(word.pictures.select_related("file"), number=drawn).file)
