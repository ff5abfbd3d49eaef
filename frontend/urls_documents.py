"""Addresses of the files of a case. Their start is named in settings.LARGE_REQUESTS."""

from django.urls import path

from frontend.views import case_documents

urlpatterns = [
    path("<str:tracking>/", case_documents.documents_page, name="case_documents"),
    path("<str:tracking>/<int:document>/<int:number>/", case_documents.download, name="case_document"),
    path("<str:tracking>/<int:document>/<int:number>/picture/", case_documents.picture, name="case_document_picture"),
]
