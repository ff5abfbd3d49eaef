"""Names of editions and themes in the language of the page."""

from django import template

from apps.common.text import Text
from frontend import wording
from gis_layers.models import Edition, Theme

register = template.Library()


@register.filter
def theme_name(theme: Theme) -> str:
    """The theme's label."""
    return wording.say(Text(theme.label_fa, theme.label_en))


@register.filter
def edition_name(edition: Edition) -> str:
    """The title of the edition's instrument."""
    return wording.say(Text(edition.instrument.title_fa, edition.instrument.title_en))
