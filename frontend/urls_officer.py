"""Addresses of the case officer's pages."""

from django.urls import path

from frontend.views import officer

urlpatterns = [
    path("cases/", officer.cases, name="officer_cases"),
    path("cases/<str:tracking>/", officer.case, name="officer_case"),
    path("cases/<str:tracking>/hold/", officer.place, name="officer_hold"),
    path("cases/<str:tracking>/holds/<int:pk>/release/", officer.release, name="officer_release"),
]
