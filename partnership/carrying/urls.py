from django.urls import path

from partnership.carrying.views import confirming, rolling

app_name = "carrying"
D = "<document:document>"
urlpatterns = [
    path("documents/begin/<slug:kind>/from-last/", rolling.roll, name="roll"),
    path(f"{D}/carried/", confirming.carried, name="carried"),
    path(f"{D}/carried/<slug:key>/", confirming.section, name="section"),
    path(f"{D}/carried/<int:row>/confirm/", confirming.confirm, name="confirm"),
]
