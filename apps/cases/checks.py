"""What must be right before the site may start: every service of the city package."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from apps.cases.types.registry import case_types


@register()
def services_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    """The files in services/ can be read and have no fault; what is wrong is said with the file's name."""
    try:
        case_types()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/how-to/add-a-service.md explains every key.", id="parvaneh.E020")]
    return []
