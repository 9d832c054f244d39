from django.urls import include, path

from partnership.accounts import views

app_name = "accounts"
urlpatterns = [
    path("invitations/<str:token>/", views.accept, name="accept"),
    path("", include("partnership.accounts.organisations.urls")),
]
