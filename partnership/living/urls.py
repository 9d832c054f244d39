from django.urls import path

from partnership.living import views

app_name = "living"
urlpatterns = [
    path("", views.facts, name="facts"),
    path("clerical/", views.clerical, name="clerical"),
]
