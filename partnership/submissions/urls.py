from django.urls import path

from partnership.submissions import views

app_name = "submissions"
urlpatterns = [
    path("", views.register, name="register"),
    path("<int:submission>/", views.submission, name="submission"),
]
