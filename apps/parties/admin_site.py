"""The admin site asks for the second factor of whoever has one, or needs one: a password alone takes none away."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from apps.parties import second_factor


class CityAdminSite(AdminSite):
    """Django's, with one more condition. Who does not meet it lands on our login page, which asks for the factor."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, and nothing owed."""
        return super().has_permission(request) and not second_factor.is_due(request)
