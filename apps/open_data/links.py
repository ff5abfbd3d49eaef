"""Where an edition can be had, by which protocol."""

from dataclasses import dataclass

from django.urls import reverse

from apps.open_data.collections import PENDING_SUFFIX

GPKG = "application/geopackage+sqlite3"


@dataclass(frozen=True, slots=True)
class Address:
    """One way to the data. `protocol`: as ISO catalogues name it; `media`: IANA type of what is got."""

    url: str
    title: str
    protocol: str
    media: str


def addresses(theme: str, edition: str, base: str) -> list[Address]:
    """The ways to one edition: file, record, and the collections of its theme limited to it."""
    here = f"?edition={edition}"
    return [
        Address(f"{base}{reverse('open_files:package', args=[edition])}", "GeoPackage", "WWW:DOWNLOAD", GPKG),
        Address(f"{base}{reverse('open_files:record', args=[edition])}", "ISO 19139", "WWW:LINK", "application/xml"),
        Address(items_url(theme, base) + here, "in force", "OGC:API-Features", "application/geo+json"),
        Address(items_url(theme + PENDING_SUFFIX, base) + here, "not law", "OGC:API-Features", "application/geo+json"),
    ]


def items_url(collection: str, base: str) -> str:
    """The items of a collection."""
    return f"{base}{reverse('open_data:items', args=[collection])}"
