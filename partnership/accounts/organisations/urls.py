from django.urls import path

from partnership.accounts.organisations import views

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:organisation>/", views.start, name="start"),
    path("organisations/<slug:organisation>/answer/", views.answer, name="answer"),
    path("invitations/<str:token>/<slug:organisation>/", views.accept, name="accept_by_organisation"),
    path("me/organisations/", views.identities, name="identities"),
    path("me/organisations/add/<slug:organisation>/", views.add, name="add_identity"),
    path("me/organisations/remove/<int:identity>/", views.remove, name="remove_identity"),
]
