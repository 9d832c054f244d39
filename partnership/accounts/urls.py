from django.urls import path

from partnership.accounts import views

app_name = "accounts"
urlpatterns = [path("invitations/<str:token>/", views.accept, name="accept")]
