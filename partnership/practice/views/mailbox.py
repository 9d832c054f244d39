"""The local mailbox into which every message of the practice area falls: also the link of somebody who cannot sign in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from partnership.practice import mailbox
from partnership.practice.views.opening import open_in_practice
from partnership.web.pagination import page_of


@open_in_practice
@require_safe
def box(request: HttpRequest) -> HttpResponse:
    """All messages, newest first."""
    page = page_of(mailbox.names(), request)
    return render(
        request, "practice/mailbox.html", {"page": page, "headings": [mailbox.heading(name) for name in page]}
    )


@open_in_practice
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One message."""
    return render(request, "practice/message.html", {"letter": _letter(name)})


@open_in_practice
@require_safe
def attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One attachment, always to be saved and never to be run in this site's name."""
    for enclosure in _letter(name).enclosures:
        if enclosure.number == number:
            return HttpResponse(
                enclosure.data,
                content_type=enclosure.content_type,
                headers={
                    "Content-Disposition": content_disposition_header(True, enclosure.name) or "attachment",
                    "X-Content-Type-Options": "nosniff",
                },
            )
    raise Http404


def _letter(name: str) -> mailbox.Letter:
    try:
        return mailbox.letter(name)
    except FileNotFoundError as error:
        raise Http404 from error
