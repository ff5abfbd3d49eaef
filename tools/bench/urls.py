"""The site's URLs and a "hello" on the hot path: what Django costs when a view does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from apps.config.urls import handler400, handler403, handler404, handler500
from apps.config.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def hello(_request: HttpRequest) -> HttpResponse:
    """The least a view can do."""
    return HttpResponse(b"hello", content_type="text/plain")


# Once on the hot path, where no middleware stands before the view, once behind the site's ordinary ones.
urlpatterns = [path("tiles/hello", hello), path("hello", hello), *site]
