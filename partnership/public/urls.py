from django.urls import path

from partnership.public import check_views, daily_views, edition_views, section_views, views

app_name = "public"
urlpatterns = [
    path("", views.areas, name="areas"),
    path("check/", check_views.check, name="check"),
    path("check/days/", daily_views.days, name="days"),
    path("check/days/<slug:day>/", daily_views.day, name="day"),
    path("check/days/<slug:day>/list.json", daily_views.content, name="day_content"),
    path("check/days/<slug:day>/list.p7s", daily_views.signature, name="day_signature"),
    path("check/<str:fingerprint>/", check_views.checked, name="checked"),
    path("<slug:area>/", views.area, name="area"),
    path("<slug:area>/<document:document>/", views.document, name="document"),
    path("<slug:area>/<document:document>/document.pdf", views.pdf, name="pdf"),
    path("<slug:area>/<document:document>/document.docx", views.docx, name="docx"),
    path("<slug:area>/<document:document>/document.html", views.page, name="page"),
    path("<slug:area>/<document:document>/changes/", views.changes, name="changes"),
    path("<slug:area>/<document:document>/sections/<slug:key>/", section_views.section, name="section"),
    path("<slug:area>/<document:document>/content.json", views.content, name="content"),
    path("<slug:area>/<document:document>/evidence.json", views.evidence, name="evidence"),
    path("<slug:area>/<document:document>/versions/<slug:companion>/", views.companion, name="companion"),
    path(
        "<slug:area>/<document:document>/versions/<slug:companion>/document.pdf",
        views.companion_pdf,
        name="companion_pdf",
    ),
    path("<slug:area>/<slug:kind>/latest/", edition_views.latest, name="latest"),
    path("<slug:area>/<document:document>/editions/<int:number>/", edition_views.edition, name="edition"),
    path("<slug:area>/<document:document>/editions/<int:number>/document.pdf", edition_views.pdf, name="edition_pdf"),
    path(
        "<slug:area>/<document:document>/editions/<int:number>/content.json",
        edition_views.content,
        name="edition_content",
    ),
    path(
        "<slug:area>/<document:document>/editions/<int:number>/evidence.json",
        edition_views.evidence,
        name="edition_evidence",
    ),
    path(
        "<slug:area>/<document:document>/editions/<int:number>/pictures/<str:sha256>/",
        edition_views.picture,
        name="edition_picture",
    ),
    path("<slug:area>/<document:document>/pictures/<str:sha256>/", views.picture, name="picture"),
]
