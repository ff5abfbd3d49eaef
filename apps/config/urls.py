"""All URLs of the site. Machines' addresses carry no language; pages are Persian, and English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from apps.api.health import healthz, readyz
from apps.api.site import api
from apps.open_data.page import open_page
from apps.parties.oidc_views import callback as oidc_callback
from apps.parties.views import admin_login

handler400 = "apps.common.error_pages.handler400"
handler403 = "apps.common.error_pages.handler403"
handler404 = "apps.common.error_pages.handler404"
handler500 = "apps.common.error_pages.handler500"

urlpatterns: list[URLPattern | URLResolver] = [
    path("tiles/", include("apps.map_services.urls")),
    path("api/v1/", api.urls),
    path("ogc/", include("apps.open_data.urls")),
    path("open/", include("apps.open_data.files_urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("oidc/callback/", oidc_callback, name="oidc_callback"),
    path("admin/login/", admin_login),  # before the admin's own, which counts no guesses
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("account/", include("apps.parties.urls")),
        path("open/", open_page, name="open_page"),
        path("", include("frontend.urls")),
        prefix_default_language=False,
    ),
]
