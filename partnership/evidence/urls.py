from django.urls import path

from partnership.evidence import views

app_name = "evidence"
urlpatterns = [path("<int:number>/", views.bundle, name="bundle")]
