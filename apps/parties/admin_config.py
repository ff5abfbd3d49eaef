"""django.contrib.admin with our site. In a file of its own: it is read before any model may be."""

from django.contrib.admin.apps import AdminConfig


class CityAdminConfig(AdminConfig):
    """See `admin_site`."""

    default_site = "apps.parties.admin_site.CityAdminSite"
