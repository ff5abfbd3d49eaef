"""What every page knows: the city, its credits, whether this is a demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.common.city import current_city
from frontend.desk_access import at_desk
from frontend.light import is_light
from frontend.office_access import at_office
from heritage_zones.city_rules import registration_rules


def site(request: HttpRequest) -> dict[str, Any]:
    """Template context of all pages."""
    return {
        "city": current_city(),
        "one_language": len(settings.LANGUAGES) == 1,
        "outbox_shown": settings.OUTBOX_SHOWN,
        "light": is_light(request),
        "register_kept": registration_rules() is not None,
        "at_desk": SimpleLazyObject(lambda: at_desk(request)),
        "at_office": SimpleLazyObject(lambda: at_office(request.user)),
    }
