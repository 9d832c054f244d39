from django.urls import path

from partnership.word.views import downloads, drafts, earlier

app_name = "word"
D = "<document:document>"
V = f"{D}/versions/<int:number>"
I = f"{D}/imports/<int:imported>"  # noqa: E741 (an import, as D is a document and V a version)
E = "imported/<int:imported>"
urlpatterns = [
    path(f"{D}/imports/", drafts.imports, name="imports"),
    path(f"{I}/", drafts.imported, name="import"),
    path(f"{I}/remove/", drafts.remove, name="remove"),
    path(f"{I}/file/", drafts.file, name="file"),
    path(f"{I}/pictures/<int:drawn>/", drafts.picture, name="picture"),
    path(f"{V}/document.docx", downloads.docx, name="docx"),
    path(f"{V}/document.html", downloads.html, name="html"),
    path(f"{V}/document.json", downloads.json, name="json"),
    path("imported/", earlier.earlier, name="earlier"),
    path("imported/upload/<slug:kind>/", earlier.upload_earlier, name="upload_earlier"),
    path(f"{E}/", earlier.document, name="earlier_document"),
    path(f"{E}/file/", earlier.file, name="earlier_file"),
    path(f"{E}/pictures/<int:drawn>/", earlier.picture, name="earlier_picture"),
]
