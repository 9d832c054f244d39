"""The pictures of a document: the list, putting one in, changing its words, removing it, and their bytes."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import policies, selectors, services
from partnership.documents.forms import PictureForm, PictureWordsForm
from partnership.documents.kinds import address_of
from partnership.documents.models import Document, Picture
from partnership.documents.views import loading
from partnership.errors import Incomplete, WrongState, decide
from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.web.errors import told
from partnership.web.uploads import limit_in_words


@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: Request, area: str, document: str) -> HttpResponse:
    """Every picture with its number, and the form that puts one in."""
    found = loading.document_of(request, area, document)
    form = PictureForm()
    if request.method == "POST":
        _require_may_add(request, found)
        form = PictureForm(request.POST, request.FILES)
        if form.is_valid() and (response := _add(request, found, form)):
            return response
    context = {
        **loading.common(found),
        "form": form,
        "pictures": [(picture, decide(_require_may_change, request, picture)) for picture in found.pictures.all()],
        "limit": limit_in_words(),
        "may_add": decide(_require_may_add, request, found),
    }
    return render(request, "documents/pictures.html", context)


def _require_may_add(request: Request, document: Document) -> None:
    access.require(request.user, Permission.DRAFT_DOCUMENT, document.area)
    policies.check_can_write(selectors.current(document) or selectors.newest(document))


def _add(request: Request, document: Document, form: PictureForm) -> HttpResponse | None:
    file = form.cleaned_data["file"]
    try:
        picture = services.add_picture(
            document=document,
            data=file.read(),
            name=file.name,
            alt=form.cleaned_data["alt"],
            caption=form.cleaned_data["caption"],
            largest=settings.UPLOAD_MAX_BYTES,
            by=request.user,
        )
    except Incomplete as refusal:
        form.add_error("file", refusal.sentence)
        return None
    messages.success(
        request, f"Picture {picture.number} is added. Write [[picture {picture.number}]] where it shall stand."
    )
    return _to(document)


def _require_may_change(request: Request, picture: Picture) -> None:
    access.require(request.user, Permission.DRAFT_DOCUMENT, picture.document.area)
    policies.check_can_change_picture(picture)


def _to(document: Document) -> HttpResponse:
    return redirect("documents:pictures", document.area.slug, address_of(document))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, area: str, document: str, picture: int) -> HttpResponse:
    """Change the alternative text and the caption. A text frozen in the meantime says so and keeps what was typed."""
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.DRAFT_DOCUMENT, found.area)
    row = get_object_or_404(found.pictures.select_related("document__area"), number=picture)
    status = 200
    if request.method == "POST":
        form = PictureWordsForm(request.POST)
        if form.is_valid():
            try:
                services.change_picture(picture=row, by=request.user, **form.cleaned_data)
            except WrongState as refusal:
                form.add_error(None, refusal.sentence)
                status = told(request, refusal)
            else:
                messages.success(request, f"The words of picture {row.number} are saved.")
                return _to(found)
    else:
        policies.check_can_change_picture(row)
        form = PictureWordsForm(initial={"alt": row.alt, "caption": row.caption})
    context = {**loading.common(found), "picture": row, "form": form}
    return render(request, "documents/picture_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, area: str, document: str, picture: int) -> HttpResponse:
    """Confirm, then take a picture out of the document."""
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.DRAFT_DOCUMENT, found.area)
    pictures = found.pictures.select_related("document__area")
    if request.method == "POST" and not pictures.filter(number=picture).exists():  # a second click
        messages.info(request, f"There is no picture {picture} here. It may have been removed already.")
        return _to(found)
    row = get_object_or_404(pictures, number=picture)
    policies.check_can_change_picture(row)
    if request.method == "POST":
        services.remove_picture(picture=row, by=request.user)
        messages.success(request, f"Picture {row.number} is removed.")
        return _to(found)
    context = {**loading.common(found), "picture": row, "confirm_variant": "warning"}
    return render(request, "documents/picture_remove.html", context)


@require_safe
def file(request: Request, area: str, document: str, sha256: str) -> HttpResponse:
    """The bytes of a picture of this document; any other hash is not there."""
    found = loading.document_of(request, area, document)
    stored = get_object_or_404(StoredFile, pk__in=found.pictures.filter(file_id=sha256).values("file_id"))
    response = HttpResponse(files.read(stored), content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
