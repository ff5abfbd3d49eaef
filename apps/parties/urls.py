"""The door under /account/. Names are allauth's, because its machinery and templates ask for them."""

from allauth.account import views as allauth_views
from django.urls import path

from apps.parties import views

urlpatterns = [
    path("login/", views.ask_for_code, name="account_login"),
    path("login/code/", views.ask_for_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_code, name="account_confirm_login_code"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
]
