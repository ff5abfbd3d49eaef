"""All URLs of the site."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from apps.api.health import healthz, readyz

handler400 = "apps.common.error_pages.handler400"
handler403 = "apps.common.error_pages.handler403"
handler404 = "apps.common.error_pages.handler404"
handler500 = "apps.common.error_pages.handler500"


urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("apps.map_services.urls"):
    urlpatterns.append(path("tiles/", include("apps.map_services.urls")))
if find_spec("apps.cadastre.selectors") and find_spec("apps.map_services.selectors"):
    from apps.api.site import api

    urlpatterns.append(path("api/v1/", api.urls))
urlpatterns += [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
# Persian without a prefix, English under /en/.
urlpatterns += i18n_patterns(path("account/", include("apps.parties.urls")), prefix_default_language=False)
if find_spec("apps.cadastre.selectors") and find_spec("frontend.urls"):
    urlpatterns += i18n_patterns(path("", include("frontend.urls")), prefix_default_language=False)
