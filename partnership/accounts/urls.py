from django.urls import include, path

from partnership.accounts import views

app_name = "accounts"
urlpatterns = [
    path("invitations/<str:token>/", views.accept, name="accept"),
    path("", include("partnership.accounts.organisations.urls")),
    path("second-factor/", views.choose, name="second_factor"),
    path("kept/", views.kept, name="kept"),
    path("kept/<int:post>/discard/", views.discard, name="discard"),
    path("stay/", views.stay, name="stay"),
]
