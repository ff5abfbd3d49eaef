"""Addresses of the catalogue of services, of starting one, and of public tracking."""

from django.urls import path

from frontend.views import service_call, service_forms, services, track

urlpatterns = [
    path("services/", services.catalogue_page, name="services"),
    path("services/<slug:service>/", services.guide, name="service"),
    path("services/<slug:service>/start/", services.start, name="service_start"),
    path("services/<slug:service>/call/", service_call.call, name="service_call"),
    path("requests/<str:tracking>/answers/", service_forms.answers, name="case_answers"),
    path("requests/<str:tracking>/receipt/", service_forms.receipt, name="request_receipt"),
    path("track/", track.track, name="track"),
    path("t/<str:tracking>/<str:key>/", track.short, name="track_short"),
]
