"""The one page of the operators."""

from django.urls import path

from partnership.operations import views

app_name = "operations"
urlpatterns = [path("", views.overview, name="overview")]
