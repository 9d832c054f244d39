from django.urls import path

from partnership.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.years, name="years"),
    path("<slug:year>/", views.year, name="year"),
    path("<slug:year>/lines.csv", views.csv, name="csv"),
    path("<slug:year>/contributions/add/", views.add_contribution, name="add_contribution"),
    path("<slug:year>/contributions/<int:contribution>/", views.correct_contribution, name="correct_contribution"),
    path("<slug:year>/contributions/<int:contribution>/remove/", views.remove_contribution, name="remove_contribution"),
    path("<slug:year>/spending/add/", views.add_spending, name="add_spending"),
    path("<slug:year>/spending/<int:spending>/", views.correct_spending, name="correct_spending"),
    path("<slug:year>/spending/<int:spending>/remove/", views.remove_spending, name="remove_spending"),
    path("<slug:year>/check/", views.check_printed_total, name="check_printed_total"),
]
