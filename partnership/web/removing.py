"""Before words are removed that nobody could bring back from the page: they are shown once more, and asked for."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SURE = "sure"


def asked(
    request: HttpRequest, *, what: str, words: Sequence[tuple[str, str]], button: str, back: str
) -> HttpResponse | None:
    """The page that asks, or None once it was confirmed.

    `what`: what is removed, in the words of a heading; `words`: what it says, each with its label; `back`: the way out.
    """
    if request.POST.get(SURE) == "yes":
        return None
    said = [(label, text) for label, text in words if text]
    return render(request, "web/remove.html", {"what": what, "words": said, "button": button, "back": back})
