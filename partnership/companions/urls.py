from django.urls import path

from partnership.companions import views

app_name = "companions"
D = "<document:document>/companions"
urlpatterns = [
    path(f"{D}/", views.companions, name="companions"),
    path(f"{D}/<int:companion>/", views.read, name="read"),
    path(f"{D}/<int:companion>/agree/", views.agree, name="agree"),
    path(f"{D}/<int:companion>/publish/", views.publish, name="publish"),
    path(f"{D}/<int:companion>/withdraw/", views.withdraw, name="withdraw"),
    path(f"{D}/<int:companion>/document.pdf", views.file, name="file"),
]
