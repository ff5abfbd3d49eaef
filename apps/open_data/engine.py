"""pygeoapi's API object for this city: its configuration is made from our collections, not from a file.

pygeoapi reads requests, limits, selections and CRSs and builds the documents; what it would promise beyond what we
serve (HTML, JSON-LD, processes, tiles, editing) is taken out again in `documents`.
"""

import logging
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, QueryDict
from pygeoapi.api import API, APIRequest

from apps.common.city import current_city
from apps.common.text import Text
from apps.open_data.collections import Collection, collections
from apps.open_data.reference import CRS84, city_uri
from apps.open_data.words import city_title, licence

DEFAULT_LIMIT, MOST = 100, 1000
_NOT_FOR_PYGEOAPI = ("f", "on", "known_at", "datetime", "bbox", "bbox-crs", "after")
LOGGER = logging.getLogger(__name__)
# Its lines about each caller's mistake are no faults of ours.
logging.getLogger("pygeoapi").setLevel(logging.CRITICAL)


class JsonRequest(APIRequest):  # type: ignore[misc]  # pygeoapi carries no types
    """A request that always wants JSON, whatever a browser says it accepts."""

    def _get_format(self, headers: object) -> str:  # noqa: ARG002 - as it is called
        return "json"


def request_for(api: API, request: HttpRequest) -> APIRequest:
    """What pygeoapi is to read of our request; the rest is read by `questions`."""
    given: QueryDict = request.GET.copy()
    for name in _NOT_FOR_PYGEOAPI:
        given.pop(name, None)
    plain = SimpleNamespace(GET=given, headers=request.headers, path_info=request.path_info)
    return JsonRequest(plain, api.locales)


@lru_cache(maxsize=8)
def engine(base: str, state: str) -> tuple[API, dict[str, Collection]]:
    """pygeoapi's API under the address `base`, and our collections, as they are in this state of the data."""
    LOGGER.debug("the open layers are described anew for %s", state)
    found = collections()
    config = {
        "server": {
            "url": base,
            "languages": list(current_city().languages),
            "limits": {"default_items": DEFAULT_LIMIT, "max_items": MOST, "on_exceed": "throttle"},
            "encoding": "utf-8",
            "gzip": False,
        },
        "logging": {"level": "CRITICAL"},
        "metadata": _metadata(base),
        "resources": {c.id: _resource(c) for c in found.values()},
    }
    return API(config, {}), found


def _metadata(base: str) -> dict[str, Any]:
    return {
        "identification": {"title": both(city_title()), "description": both(licence()), "url": base},
        "license": {},
        "provider": {},
        "contact": {},
    }


def _resource(collection: Collection) -> dict[str, Any]:
    return {
        "type": "collection",
        "title": both(collection.title),
        "description": both(collection.description),
        "keywords": [],
        "links": [],
        "extents": {"spatial": {"bbox": list(current_city().bounds), "crs": CRS84}},
        "providers": [
            {
                "type": "feature",
                "name": "apps.open_data.provider.LawProvider",
                "data": collection.id,
                "id_field": "id",
                "fields": {name: dict(kind) for name, kind in collection.fields.items()},
                "crs": [CRS84, city_uri()],
                "storage_crs": city_uri(),
            }
        ],
    }


def both(text: Text) -> dict[str, str]:
    """A text as pygeoapi wants it, in the languages of the city."""
    return {language: text.in_language(language) for language in current_city().languages}
