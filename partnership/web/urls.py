from django.urls import path

from partnership.web import gallery

app_name = "web"
urlpatterns = [
    path("components/", gallery.components, name="components"),
    path("accessibility/", gallery.accessibility, name="accessibility"),
]
