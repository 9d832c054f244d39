"""Documents of earlier periods that were made elsewhere. Every page about one says that nobody signed it here."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.documents.kinds import kind as kind_named
from partnership.documents.kinds import kinds
from partnership.documents.models import Document
from partnership.documents.views.loading import kind_of
from partnership.errors import Incomplete, WrongState
from partnership.files import services as files
from partnership.web.errors import told
from partnership.web.uploads import takes_files_up_to
from partnership.word import presenting, selectors, services
from partnership.word.forms import EarlierForm, WordsForm
from partnership.word.models import WordImport
from partnership.word.reading import MOST_BYTES
from partnership.word.views import answers

FORM = ["GET", "HEAD", "POST"]


@require_safe
def earlier(request: Request, area: str) -> HttpResponse:
    """The imported documents of an area."""
    place = loading.area_of(request.user, area)
    context = {
        "area": place,
        "rows": presenting.titled(list(selectors.earlier(place))),
        "kinds": list(kinds().values()),
        "may_upload": access.can(request.user, Permission.BEGIN_DOCUMENT, place),
    }
    return render(request, "word/earlier.html", context)


@takes_files_up_to(MOST_BYTES)
@require_http_methods(FORM)
def upload_earlier(request: Request, area: str, kind: str) -> HttpResponse:
    """Upload what was published for an earlier period."""
    place = loading.area_of(request.user, area, Permission.BEGIN_DOCUMENT)
    which = kind_of(kind)
    begun = set(Document.objects.filter(area=place, kind=which.key).values_list("period_label", flat=True))
    today = clock.today()
    periods = [row for row in which.open_periods(today) if row.first <= today and row.label not in begun]
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form, status = EarlierForm(*typed, kind=which, periods=periods), 200
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            word = services.upload_earlier(
                area=place, kind=which, period=form.cleaned_data["period"], data=file.read(), name=file.name,
                by=request.user,
            )  # fmt: skip
        except Incomplete as refusal:
            form.add_error("file", refusal.sentence)
        except WrongState as refusal:
            form.add_error("period", refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, f"“{word.file_name}” is read. It is imported, and not signed here.")
            return redirect("word:earlier_document", place.slug, word.pk)
    context = {"area": place, "kind": which, "form": form}
    return render(request, "word/upload_earlier.html", context, status=status)


def _word(place: Area, imported: int) -> WordImport:
    rows = WordImport.objects.filter(area=place, document=None).select_related("area", "file", "uploaded_by")
    return get_object_or_404(rows, pk=imported)


@require_http_methods(FORM)
def document(request: Request, area: str, imported: int) -> HttpResponse:
    """An imported document to read; for whoever drafts, with its pictures to be described."""
    place = loading.area_of(request.user, area)
    word = _word(place, imported)
    may_describe = access.can(request.user, Permission.DRAFT_DOCUMENT, place)
    pictures = list(word.pictures.all())
    form = WordsForm(request.POST if request.method == "POST" else None, pictures=pictures)
    if request.method == "POST":
        access.require(request.user, Permission.DRAFT_DOCUMENT, place)
        if form.is_valid():
            services.describe(word=word, words=form.words(), by=request.user)
            messages.success(request, "The words of the pictures are saved.")
            return redirect("word:earlier_document", place.slug, word.pk)
    context: dict[str, Any] = {
        "area": place,
        "word": word,
        "kind": kind_named(word.kind),
        "view": presenting.earlier(word),
        "form": form,
        "may_describe": may_describe,
        "hidden": sum(1 for picture in pictures if not picture.alt),
        "newer": selectors.replaced_by(word),
    }
    return render(request, "word/earlier_document.html", context)


@require_safe
def file(request: Request, area: str, imported: int) -> HttpResponse:
    """The file as it was uploaded, for whoever drafts: it may hold more than what is shown of it."""
    place = loading.area_of(request.user, area, Permission.DRAFT_DOCUMENT)
    word = _word(place, imported)
    assert word.file is not None  # only what was uploaded for a draft can be removed
    return answers.download(files.read(word.file), presenting.WORD, word.file_name)


@require_safe
def picture(request: Request, area: str, imported: int, drawn: int) -> HttpResponse:
    """A picture of an imported document, cleaned."""
    word = _word(loading.area_of(request.user, area), imported)
    return answers.shown(get_object_or_404(word.pictures.select_related("file"), number=drawn).file)
