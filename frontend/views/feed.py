"""The public feed of acts: Atom 1.0 with GeoRSS, and JSON Feed 1.1. Language by the address or by `?lang=`.

Both carry an ETag and Last-Modified that move with the law and at the city's midnight, and lead to their next page.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.contrib.gis.feeds import GeoAtom1Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from apps.common.city import current_city
from apps.common.clock import now, today
from apps.legal.selectors import law_snapshot, law_version
from apps.notices.act_days import midnight
from apps.notices.acts import ActPage, acts_page
from frontend.feed_items import absolute, atom_item, json_item
from frontend.wording import say

_ATOM, _JSON = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"
_NAMES = ("theme", "instrument", "after")
View = Callable[..., HttpResponse]


def _tag(request: HttpRequest) -> str:
    return f'"acts-{law_version()}-{today().isoformat()}-{get_language()}-{hash_of(request)}"'


def hash_of(request: HttpRequest) -> str:
    """What of the address takes part in the answer."""
    return urlencode({name: value for name, value in _asked(request).items() if value})


def _changed(request: HttpRequest) -> datetime:  # noqa: ARG001 - the shape that Django asks for
    """When the law was last recorded, or the day began: an act may take effect with it."""
    recorded = law_snapshot(on=today()).instant
    began = midnight(today())
    return max(recorded, began) if recorded else began


def in_language(view: View) -> View:
    """`?lang=fa` or `?lang=en` beats the address."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("lang", "")
        if wanted not in dict(settings.LANGUAGES):
            return view(request, *args, **kwargs)
        with override(wanted):
            return view(request, *args, **kwargs)

    return spoken


@require_safe
@in_language
@condition(etag_func=_tag, last_modified_func=_changed)
def atom(request: HttpRequest) -> HttpResponse:
    """Atom 1.0. Raises BadInputError for an unreadable `after`."""
    page = _page(request)
    feed = ActsFeed(
        title=_title(),
        link=absolute(request, reverse("acts")),
        description=_("Acts that make, suspend or end the rules of the city"),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=f"tag:{request.get_host()},2026:acts",
        next_url=_next(request, page),
        updated=page.entries[0].at if page.entries else now(),
    )
    for entry in page.entries:
        feed.add_item(**atom_item(request, entry))
    return HttpResponse(feed.writeString("utf-8"), content_type=_ATOM)


@require_safe
@in_language
@condition(etag_func=_tag, last_modified_func=_changed)
def json_feed(request: HttpRequest) -> HttpResponse:
    """JSON Feed 1.1; what a feed has no word for stands under `_parvaneh`."""
    page = _page(request)
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "home_page_url": absolute(request, reverse("acts")),
        "feed_url": request.build_absolute_uri(),
        "language": get_language(),
        "items": [json_item(request, entry) for entry in page.entries],
    }
    following = _next(request, page)
    return HttpResponse(orjson.dumps(body | ({"next_url": following} if following else {})), content_type=_JSON)


class ActsFeed(GeoAtom1Feed):
    """Atom with a link to the next page (RFC 5005) and the instant of its newest entry."""

    def latest_post_date(self) -> datetime:
        """The instant of the newest entry; of an empty feed, now."""
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: Any) -> None:
        """Django's elements and the next page."""
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:120] for name in _NAMES}


def _page(request: HttpRequest) -> ActPage:
    asked = _asked(request)
    return acts_page(theme=asked["theme"], instrument=asked["instrument"], after=asked["after"])


def _next(request: HttpRequest, page: ActPage) -> str:
    if not page.next:
        return ""
    kept = {name: value for name, value in request.GET.items() if name in ("theme", "instrument", "lang")}
    return absolute(request, f"{request.path}?{urlencode({**kept, 'after': page.next})}")


def _title() -> str:
    return _("Parvaneh, %(city)s: acts that change the rules") % {"city": say(current_city().name)}
