"""Addresses of "my mandates"."""

from django.urls import path

from frontend.views import mandates, mandates_asking

urlpatterns = [
    path("", mandates.mandate_list, name="mandates"),
    path("give/", mandates.give, name="mandate_give"),
    path("reclaim/", mandates.reclaim, name="mandate_reclaim"),
    path("<int:pk>/revoke/", mandates.revoke, name="mandate_revoke"),
    path("<int:pk>/renounce/", mandates.renounce, name="mandate_renounce"),
    path("ask/", mandates_asking.ask, name="mandate_ask_new"),
    path("asks/<int:pk>/", mandates_asking.ask_page, name="mandate_ask"),
    path("asks/<int:pk>/code/", mandates_asking.send_code, name="mandate_ask_code"),
    path("asks/<int:pk>/accept/", mandates_asking.accept, name="mandate_ask_accept"),
    path("asks/<int:pk>/refuse/", mandates_asking.refuse, name="mandate_ask_refuse"),
]
