from django.urls import path

from partnership.drafting.views import commenting, keeping, owning

app_name = "drafting"
S = "sections/<slug:key>"
urlpatterns = [
    path("owners/", owning.owners, name="owners"),
    path("owners/<int:task>/hand-in/", owning.hand_in, name="hand_in"),
    path("owners/<int:task>/hand-back/", owning.hand_back, name="hand_back"),
    path("comments/", commenting.comments, name="comments"),
    path("comments/<int:number>/", commenting.comment, name="comment"),
    path(f"{S}/comments/", commenting.passages, name="passages"),
    path(f"{S}/comments/<uuid:block>/", commenting.raise_comment, name="raise"),
    path(f"{S}/keep/", keeping.keep, name="keep"),
    path(f"{S}/recover/", keeping.recover, name="recover"),
    path(f"{S}/forget/", keeping.forget, name="forget"),
]
