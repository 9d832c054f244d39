"""The whole site's table of contents."""

from django.conf import settings
from django.urls import include, path, register_converter

from partnership import dashboard
from partnership.dashboard import notices
from partnership.documents.converters import DocumentAddress
from partnership.drafting.views import owning
from partnership.operations import health
from partnership.public import sitemap

register_converter(DocumentAddress, "document")

urlpatterns = [
    path("", dashboard.home, name="home"),
    path("desk/", dashboard.desk, name="desk"),
    path("notices/", notices.listed, name="notices"),
    path("notices/read/", notices.read, name="notices_read"),
    path("notices/how/", notices.preferences, name="notice_preferences"),
    path("calendars/", include("partnership.calendars.urls")),
    path("areas/<slug:area>/", include("partnership.dashboard.urls")),
    path("areas/<slug:area>/duties/", include("partnership.deadlines.urls")),
    path("areas/<slug:area>/case-reviews/", include("partnership.case_reviews.urls")),
    path("areas/<slug:area>/submissions/", include("partnership.submissions.urls")),
    path("areas/<slug:area>/funding/", include("partnership.funding.urls")),
    path("areas/<slug:area>/counts/", include("partnership.counts.urls")),
    path("", include("partnership.briefings.urls")),
    path("areas/<slug:area>/<document:document>/", include("scrutiny.urls")),
    path("areas/<slug:area>/<document:document>/contributions/", include("partnership.contributions.urls")),
    path("areas/<slug:area>/<document:document>/impact/", include("partnership.impact.urls")),
    path("areas/<slug:area>/<document:document>/facts/", include("partnership.living.urls")),
    path("areas/<slug:area>/<document:document>/presentations/", include("partnership.presentations.urls")),
    path("areas/<slug:area>/<document:document>/evidence/", include("partnership.evidence.urls")),
    path("areas/<slug:area>/<document:document>/", include("partnership.drafting.urls")),
    path("my-sections/", owning.mine, name="my_sections"),
    path("operations/", include("partnership.operations.urls")),
    path("areas/<slug:area>/", include("partnership.word.urls")),
    path("areas/<slug:area>/", include("partnership.carrying.urls")),
    path("areas/<slug:area>/", include("partnership.companions.urls")),
    path("areas/<slug:area>/", include("partnership.documents.urls")),
    path("", include("arrangements.urls")),
    path("published/", include("partnership.public.urls")),
    path("api/v1/", include("partnership.public.urls_api")),
    path("account/", include("partnership.accounts.signing_in")),
    path("people/", include("partnership.accounts.urls")),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_part, name="sitemap_part"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("partnership.web.urls")),
]

if settings.PRACTICE:
    urlpatterns.append(path("practice/", include("partnership.practice.urls")))

handler400 = "partnership.web.errors.bad_request"
handler403 = "partnership.web.errors.permission_denied"
handler404 = "partnership.web.errors.not_found"
handler500 = "partnership.web.errors.server_error"
