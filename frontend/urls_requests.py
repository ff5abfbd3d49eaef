"""Addresses of cases on the owner's side, under /requests/."""

from django.urls import path

from frontend.views import case_forms, requests

urlpatterns = [
    path("", requests.my_requests, name="my_requests"),
    path("<str:tracking>/", requests.request_page, name="request"),
    path("<str:tracking>/step/", requests.case_step, name="case_step"),
    path("<str:tracking>/cancel/", requests.cancel_request, name="cancel_request"),
    path("<str:tracking>/submit/", requests.submit_request, name="submit_request"),
    path("<str:tracking>/choose/", requests.choose_request, name="choose_request"),
    path("<str:tracking>/say/", case_forms.say, name="case_say"),
    path("<str:tracking>/asks/<int:pk>/answer/", case_forms.answer_ask, name="case_answer"),
    path("<str:tracking>/asks/<int:pk>/dispute/", case_forms.dispute_ask, name="case_dispute"),
    path("<str:tracking>/wanted/<slug:wanted>/dispute/", case_forms.dispute_document, name="case_dispute_wanted"),
    path("<str:tracking>/owners/declare/", case_forms.declare_owner, name="case_owner_declare"),
    path("<str:tracking>/owners/object/", case_forms.object_to_it, name="case_owner_object"),
    path("<str:tracking>/owners/<int:pk>/remove/", case_forms.remove_owner, name="case_owner_remove"),
    path("<str:tracking>/owners/<int:pk>/consent/", case_forms.consent, name="case_owner_consent"),
]
