"""Filters of the document templates."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_MARKS = str.maketrans("", "", "\u2066\u2069")


@register.filter
def drawing(svg: str) -> SafeString:
    """A drawing of this room as it is: its texts were escaped when it was drawn."""
    return mark_safe(svg)  # noqa: S308 - see above


@register.filter
def plain(text: str) -> str:
    """Without direction marks, for the title and subject that a reader's program shows."""
    return text.translate(_MARKS)


@register.filter
def w3c(raw: str) -> str:
    """An instant of an extract to the second, as PDF metadata take it."""
    return datetime.fromisoformat(raw).strftime("%Y-%m-%dT%H:%M:%SZ")


@register.filter
def css(value: float) -> str:
    """A number as style sheets write it, whatever the language."""
    return f"{value:g}"
