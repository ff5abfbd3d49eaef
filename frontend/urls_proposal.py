"""Addresses of a request's proposal."""

from django.urls import path

from frontend.views import proposal

urlpatterns = [
    path("requests/<str:tracking>/proposal/", proposal.proposal_page, name="proposal"),
]
