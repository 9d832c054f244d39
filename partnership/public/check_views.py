"""Check a copy: anybody chooses a file, which never leaves their browser, or types the fingerprint that is printed on it."""

import hashlib
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.documents import sealing
from partnership.evidence import daily
from partnership.public import copies, daily_presenting, presenting
from partnership.web.forms import FileField, Form

MISSING = "Choose the copy, or enter its fingerprint."
NO_FINGERPRINT = "A fingerprint has 64 figures and letters from a to f, or 16 as it is printed for people."


class CheckForm(Form):
    """A copy or its fingerprint. Without script the file is sent, its fingerprint is computed, and it is kept nowhere."""

    file = FileField(
        label="The copy",
        help_text="A PDF or the content as data (JSON), exactly as you have it. Word and HTML files cannot be checked.",
        required=False,
    )
    fingerprint = forms.CharField(
        label="Or its fingerprint",
        help_text="It stands on the cover, at the foot of each page and among the signatures.",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.errors:
            return found
        if file := found.get("file"):
            found["digest"] = hashlib.file_digest(file, "sha256").hexdigest()
        elif typed := found.get("fingerprint"):
            found["digest"] = copies.fingerprint_of(typed)
            if not found["digest"]:
                self.add_error("fingerprint", NO_FINGERPRINT)
        else:
            self.add_error("file", MISSING)
        return found


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form. What it finds has an address of its own, made of the fingerprint alone."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if form.is_bound and form.is_valid():
        where = reverse("public:checked", args=[form.cleaned_data["digest"]])
        return redirect(f"{where}?of=file" if form.cleaned_data.get("file") else where)
    return render(request, "public/check.html", {"form": form, "seal_holder": sealing.holder()})


@login_not_required
@require_safe
def checked(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """What is known of a fingerprint: genuine, superseded, or unknown."""
    if copies.fingerprint_of(fingerprint) != fingerprint:
        raise Http404
    copy = copies.find(fingerprint)
    # Of a file that was chosen the fingerprint was computed; one that was typed can stand on anything.
    is_typed = bool(copy and copy.is_text and request.GET.get("of") != "file")
    context: dict[str, Any] = {"copy": copy, "fingerprint": fingerprint, "is_typed": is_typed}
    if copy:
        context["href"] = presenting.address(copy.version)
        context["newer_href"] = presenting.address(copy.newer) if copy.newer else ""
        # What was typed may be the short form, of a text alone.
        listed = context["listed"] = daily.listed((copy.version.sha256 or "") if copy.is_text else fingerprint)
        context["stamped_at"] = daily_presenting.stamped_at(listed.seal) if listed else None
        context["invented"] = copy.version.document.area.is_invented
    return render(request, "public/checked.html", context)
