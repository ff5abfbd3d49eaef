"""What the scripts of every page with a search box need: addresses, names of places, sentences."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from apps.common.city import current_city
from frontend.map_page import CODE_SLOT, addresses
from frontend.texts import SITE_SENTENCES, script_texts
from frontend.wording import PLACES


def site_data() -> dict[str, Any]:
    """The JSON block beside the search box. `bounds`: [[south, west], [north, east]], WGS 84."""
    west, south, east, north = current_city().bounds
    known = addresses()
    texts = script_texts()
    return {
        "language": get_language(),
        "bounds": [[south, west], [north, east]],
        "urls": {
            "at": known["at"],
            "search": known["search"],
            "page": reverse("parcel", args=[CODE_SLOT]),
            "home": reverse("home"),
        },
        "kinds": {kind: str(name) for kind, name in PLACES.items()},
        "texts": {key: texts[key] for key in SITE_SENTENCES},
    }
