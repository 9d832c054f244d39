from django.urls import path

from partnership.impact.views import claims, priorities

app_name = "impact"
urlpatterns = [
    path("", priorities.impact, name="impact"),
    path("sections/<slug:key>/", claims.section, name="section"),
    path("claims/<int:claim>/", claims.claim, name="claim"),
    path("claims/<int:claim>/look-again/", claims.look_again, name="look_again"),
    path("claims/<int:claim>/remove/", claims.unmark, name="unmark"),
    path("claims/<int:claim>/none-yet/", claims.none_yet, name="none_yet"),
    path("claims/<int:claim>/evidence/", claims.add_evidence, name="add_evidence"),
    path("evidence/<int:evidence>/", claims.evidence, name="evidence"),
    path("evidence/<int:evidence>/remove/", claims.remove_evidence, name="remove_evidence"),
    path("priorities/", priorities.add_priority, name="add_priority"),
    path("priorities/<int:priority>/", priorities.priority, name="priority"),
    path("priorities/<int:priority>/remove/", priorities.remove_priority, name="remove_priority"),
    path("priorities/<int:priority>/little-progress/", priorities.little_progress, name="little_progress"),
    path(
        "priorities/<int:priority>/little-progress/remove/",
        priorities.remove_little_progress,
        name="remove_little_progress",
    ),
    path("accept/", priorities.accept, name="accept"),
    path("accept/remove/", priorities.take_back_acceptance, name="take_back_acceptance"),
]
