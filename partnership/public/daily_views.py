"""The list of fingerprints of each day: for people, exactly as it was made, and its signature."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control

from partnership.documents import sealing
from partnership.evidence.models import DailyList
from partnership.files import services as files
from partnership.public import answers, daily_presenting
from partnership.public.opening import open_to_all
from partnership.web.pagination import page_of


@open_to_all
def days(request: HttpRequest) -> HttpResponse:
    """Every list, the newest first, with how much is in it."""
    page = page_of(daily_presenting.lists(), request)
    return render(request, "public/days.html", {"page": page, "seal_holder": sealing.holder()})


@open_to_all
def day(request: HttpRequest, day: str) -> HttpResponse:
    """One list, for people."""
    return render(request, "public/day.html", daily_presenting.shown(_of(day)))


@open_to_all
@cache_control(public=True, no_cache=True)
def content(request: HttpRequest, day: str) -> HttpResponse:
    """The text of a list exactly as it was made, so that anybody can compute its fingerprint."""
    found = _of(day)
    return answers.saved(found.content.encode(), "application/json", f"fingerprints-{found.day}.json")


@open_to_all
@cache_control(public=True, no_cache=True)
def signature(request: HttpRequest, day: str) -> HttpResponse:
    """The signature over that text, where there is a certificate."""
    found = _of(day)
    if found.signature is None:
        raise Http404
    return answers.saved(files.read(found.signature), "application/pkcs7-signature", f"fingerprints-{found.day}.p7s")


def _of(day: str) -> DailyList:
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if wanted.isoformat() != day:  # one address for each list
        raise Http404
    return get_object_or_404(DailyList.objects.select_related("signature"), day=wanted)
