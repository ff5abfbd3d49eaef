"""The door under /account/. Names are allauth's, because its machinery and templates ask for them."""

from allauth.account import views as allauth_views
from django.urls import path

from apps.parties import account_views, oidc_views, second_factor_views, views

urlpatterns = [
    path("", account_views.account, name="account_home"),
    path("login/", views.ask_for_code, name="account_login"),
    path("login/code/", views.ask_for_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_code, name="account_confirm_login_code"),
    path("login/identity/", oidc_views.start, name="oidc_start"),
    path("login/identity/mobile/", oidc_views.mobile, name="oidc_mobile"),
    path("second-factor/", second_factor_views.challenge, name="mfa_authenticate"),
    path("second-factor/setup/", second_factor_views.setup, name="second_factor_setup"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
]
