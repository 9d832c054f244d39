from django.urls import path

from scrutiny.views import challenges, statement

app_name = "scrutiny"
urlpatterns = [
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/raise/", challenges.raise_challenge, name="raise"),
    path("challenges/<int:number>/answer/", challenges.answer, name="answer"),
    path("challenges/<int:number>/close/", challenges.close, name="close"),
    path("statement/", statement.statement, name="statement"),
    path("statement/write/", statement.write, name="write"),
    path("statement/give/", statement.give, name="give"),
]
