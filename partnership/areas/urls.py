"""The addresses of an area's people. The overview of an area stands above these pages (partnership.dashboard.urls)."""

from django.urls import path

from partnership.areas.views import (
    agencies,
    appointing,
    following,
    importing,
    offices,
    register,
    register_files,
    reviewing,
    scrutineers,
)

urlpatterns = [
    path("people/", register.people, name="people"),
    path("people.csv", register_files.people_csv, name="people_csv"),
    path("people.xlsx", register_files.people_xlsx, name="people_xlsx"),
    path("people/import/", importing.import_members, name="import_members"),
    path("people/import/template.csv", importing.template, name="members_template"),
    path("people/import/<int:upload>/", importing.preview, name="import_preview"),
    path("people/appoint/", appointing.appoint, name="appoint"),
    path("people/appoint/<slug:office>/", appointing.appoint_to, name="appoint_to"),
    path("people/changes/", offices.changes, name="changes"),
    path("people/<int:appointment>/", offices.appointment, name="appointment"),
    path("people/<int:appointment>/letter/", offices.instrument, name="instrument"),
    path("people/<int:appointment>/lift/", offices.lift, name="lift"),
    path("people/<int:appointment>/<slug:act>/", offices.act, name="act"),
    path("vacancies/<int:vacancy>/", following.vacancy, name="vacancy"),
    path("hand-overs/", following.hand_overs, name="hand_overs"),
    path("hand-overs/items/<int:item>/", following.tick, name="tick"),
    path("chair/", following.chair, name="chair"),
    path("chair/<int:turn>/remove/", following.remove_turn, name="remove_turn"),
    path("independence/", scrutineers.independence, name="independence"),
    path("independence/<int:appointment>/contract/", scrutineers.contract, name="contract"),
    path("independence/<int:appointment>/declare/", scrutineers.declare, name="declare"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/name/", agencies.name_agency, name="name_agency"),
    path("agencies/<int:seat>/", agencies.change_agency, name="change_agency"),
    path("agencies/<int:seat>/drop/", agencies.drop_agency, name="drop_agency"),
    path("access-reviews/", reviewing.access_reviews, name="access_reviews"),
    path("access-reviews/<int:review>/", reviewing.access_review, name="access_review"),
    path("timeline/", register.timeline, name="timeline"),
]
