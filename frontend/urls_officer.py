"""Addresses of the offices' pages."""

from django.urls import path

from frontend.views import officer, officer_orders, officer_permits

urlpatterns = [
    path("cases/", officer.cases, name="officer_cases"),
    path("cases/<str:tracking>/", officer.case, name="officer_case"),
    path("cases/<str:tracking>/step/", officer.step, name="officer_step"),
    path("cases/<str:tracking>/take/", officer.take_case, name="officer_take"),
    path("cases/<str:tracking>/hand-over/", officer.hand_over, name="officer_hand_over"),
    path("cases/<str:tracking>/ask/", officer.ask, name="officer_ask"),
    path("cases/<str:tracking>/asks/<int:pk>/settle/", officer.settle, name="officer_settle"),
    path("cases/<str:tracking>/say/", officer.say, name="officer_say"),
    path(
        "cases/<str:tracking>/owners/<int:pk>/confirm/",
        officer.confirm_owner,
        {"confirmed": True},
        name="officer_owner_confirm",
    ),
    path(
        "cases/<str:tracking>/owners/<int:pk>/reopen/",
        officer.confirm_owner,
        {"confirmed": False},
        name="officer_owner_reopen",
    ),
    path("cases/<str:tracking>/sign/", officer_permits.sign, name="officer_sign"),
    path("cases/<str:tracking>/former/", officer_permits.former, name="officer_former"),
    path("cases/<str:tracking>/hold/", officer_orders.place, name="officer_hold"),
    path("cases/<str:tracking>/holds/<int:pk>/release/", officer_orders.release, name="officer_release"),
]
