from django.urls import path

from partnership.submissions import views

app_name = "submissions"
urlpatterns = [
    path("", views.register, name="register"),
    path("addresses/", views.recipients, name="recipients"),
    path("<int:submission>/", views.submission, name="submission"),
    path("<int:submission>/acknowledgement/", views.acknowledge, name="acknowledge"),
    path("<int:submission>/receipt/", views.receipt, name="receipt"),
    path("<int:submission>/replies/<int:reply>/", views.acknowledge_reply, name="acknowledge_reply"),
    path("<int:submission>/replies/<int:reply>/files/<int:attached>/", views.attached, name="attached"),
    path("<int:submission>/address-in-use/", views.send_anew, name="send_anew"),
    path("<int:submission>/again/", views.send_again, name="send_again"),
    path("<int:submission>/outcome/", views.settle, name="settle"),
]
