"""Seeing and moving the practice date."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST

from partnership import clock
from partnership.errors import Refused
from partnership.practice import services
from partnership.practice.forms import DayForm, PresetForm
from partnership.practice.policies import in_words
from partnership.practice.presets import presets
from partnership.web.errors import told


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The practice date with its buttons; a POST moves it to the day that was typed."""
    form = DayForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            services.move_forward(to=form.cleaned_data["day"], by=request.user)
        except Refused as refusal:
            form.add_error("day", refusal.sentence)
            status = told(request, refusal)
        else:
            return _moved(request)
    now = clock.now()
    context = {"form": form, "now": in_words(now), "presets": presets(now)}
    return render(request, "practice/clock.html", context, status=status)


@require_POST
def move_to_moment(request: HttpRequest) -> HttpResponse:
    """Move to the moment of the button that was pressed."""
    form = PresetForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the buttons, or type a date.")
        return redirect("practice:clock")
    services.move_forward(to=form.cleaned_data["moment"], by=request.user)
    return _moved(request)


@require_POST
def run_due(request: HttpRequest) -> HttpResponse:
    """Run at once what the worker would run within a minute."""
    run = import_string(getattr(settings, "PRACTICE_RUN_DUE", "partnership.operations.jobs.run_due"))
    run()
    messages.success(request, "Everything that was due has been run.")
    return redirect("practice:clock")


def _moved(request: HttpRequest) -> HttpResponse:
    messages.success(request, f"The practice clock now stands at {in_words(clock.now())}.")
    return redirect("practice:clock")
