from django.urls import path

from scrutiny.views import challenges, redacting, statement

app_name = "scrutiny"
urlpatterns = [
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/raise/", challenges.raise_challenge, name="raise"),
    path("challenges/<int:number>/answer/", challenges.answer, name="answer"),
    path("challenges/<int:number>/close/", challenges.close, name="close"),
    path("challenges/taken-out/", redacting.redactions, name="redactions"),
    path("challenges/<int:number>/take-out/", redacting.redact_challenge, name="redact_challenge"),
    path("challenges/<int:number>/view/take-out/", redacting.redact_view, name="redact_view"),
    path("challenges/<int:number>/answers/<int:answer>/take-out/", redacting.redact_answer, name="redact_answer"),
    path("statement/", statement.statement, name="statement"),
    path("statement/write/", statement.write, name="write"),
    path("statement/give/", statement.give, name="give"),
]
