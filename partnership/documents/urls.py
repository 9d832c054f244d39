from django.urls import path

from partnership.documents.views import (
    answering,
    deciding,
    drafting,
    moving,
    pictures,
    proposing,
    reading,
    refusing,
    sharing,
    signing,
)

app_name = "documents"
D = "<document:document>"
V = f"{D}/versions/<int:number>"
urlpatterns = [
    path("documents/", reading.documents, name="documents"),
    path("documents/begin/<slug:kind>/", drafting.begin, name="begin"),
    path(f"{D}/", reading.document, name="document"),
    path(f"{D}/sections/<slug:key>/", drafting.section, name="section"),
    path(f"{D}/sections/<slug:key>/texts/<int:text>/", drafting.text, name="text"),
    path(f"{D}/sections/<slug:key>/answers/", answering.answers, name="answers"),
    path(f"{D}/requirements/", answering.requirements, name="requirements"),
    path(f"{D}/requirements/<slug:requirement>/", answering.requirement, name="requirement"),
    path(
        f"{D}/requirements/<slug:requirement>/explanation/remove/",
        answering.take_back_explanation,
        name="take_back_explanation",
    ),
    path(f"{D}/answers/<int:answer>/confirm/", answering.confirm, name="confirm_answer"),
    path(f"{D}/answers/<int:answer>/remove/", answering.unmark, name="unmark"),
    path(f"{D}/edition/", moving.edition, name="edition"),
    path(f"{D}/preview/", drafting.preview, name="preview"),
    path(f"{D}/pictures/", pictures.pictures, name="pictures"),
    path(f"{D}/pictures/<str:sha256>/", pictures.file, name="picture"),
    path(f"{D}/pictures/<int:picture>/change/", pictures.edit, name="picture_edit"),
    path(f"{D}/pictures/<int:picture>/remove/", pictures.remove, name="picture_remove"),
    path(f"{D}/shares/", sharing.shares, name="shares"),
    path(f"{D}/shares/<int:share>/end/", sharing.end_share, name="end_share"),
    path(f"{D}/checks/", deciding.checks, name="checks"),
    path(f"{D}/send/", deciding.send, name="send"),
    path(f"{D}/correct/", deciding.correct, name="correct"),
    path(f"{V}/", reading.version, name="version"),
    path(f"{V}/compare/<int:other>/", reading.compare, name="compare"),
    path(f"{V}/sign/<int:seat>/", signing.sign, name="sign"),
    path(f"{V}/signed/<int:seat>/", signing.signed, name="signed"),
    path(f"{V}/return/<int:seat>/", signing.return_for_changes, name="return"),
    path(f"{V}/refuse/<int:seat>/", refusing.refuse, name="refuse"),
    path(f"{V}/not-signed/<int:seat>/", refusing.record_not_given, name="not_signed"),
    path(f"{V}/unsigned/<int:unsigned>/take-back/", refusing.take_back, name="take_back_unsigned"),
    path(f"{V}/propose/<slug:act>/", proposing.propose, name="propose"),
    path(f"{V}/proposals/<int:proposal>/", proposing.proposal, name="proposal"),
    path(f"{V}/publish/", deciding.publish, name="publish"),
    path(f"{V}/withdraw/", deciding.withdraw, name="withdraw"),
    path(f"{V}/<slug:kind>.pdf", reading.pdf, name="pdf"),
]
