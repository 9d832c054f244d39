from django.urls import path

from partnership.case_reviews import views

app_name = "case_reviews"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("open/", views.open_case, name="open"),
    path("clocks/", views.clocks, name="clocks"),
    path("<int:case>/", views.case, name="case"),
    path("<int:case>/record/", views.record, name="record"),
    path("<int:case>/correct/<slug:step>/", views.correct, name="correct"),
]
