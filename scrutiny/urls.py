from django.urls import path

from scrutiny import views

app_name = "scrutiny"
urlpatterns = [
    path("", views.challenges, name="challenges"),
    path("raise/", views.raise_challenge, name="raise"),
    path("<int:number>/answer/", views.answer, name="answer"),
    path("<int:number>/close/", views.close, name="close"),
]
