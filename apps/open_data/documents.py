"""pygeoapi's documents without what we do not serve, and with what it leaves out. Every link carries what it must."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from apps.open_data.collections import Collection
from apps.open_data.reference import CRS84, city_uri

JSON, GEOJSON = "application/json", "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
# What is claimed is what tests/open_data/test_conformance.py tests: docs/open-data.md.
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)
_TIME = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"


def link(href: str, rel: str, kind: str = JSON, title: str = "") -> dict[str, str]:
    """One link object."""
    made = {"href": href, "rel": rel, "type": kind}
    return {**made, "title": title} if title else made


def landing(document: Mapping[str, Any], base: str, catalog: str, page: str) -> dict[str, Any]:
    """The landing page. `catalog`, `page`: addresses of the DCAT catalogue and of the page for people."""
    links = [
        link(f"{base}/", "self"),
        link(f"{base}/api", "service-desc", OPENAPI),
        link(page, "service-doc", "text/html"),
        link(f"{base}/conformance", "conformance"),
        link(f"{base}/collections", "data"),
        link(catalog, "describedby", "application/ld+json"),
    ]
    return {"title": document["title"], "description": document["description"], "links": links}


def conformance() -> dict[str, Any]:
    """The conformance classes claimed."""
    return {"conformsTo": list(CONFORMANCE)}


def all_collections(
    document: Mapping[str, Any], base: str, known: Mapping[str, Collection], begins: str | None
) -> dict[str, Any]:
    """The list of collections. `begins`: instant at which the first law took effect."""
    return {
        "collections": [one_collection(c, base, known[c["id"]], begins) for c in document["collections"]],
        "links": [link(f"{base}/collections", "self")],
        "crs": [CRS84, city_uri()],
    }


def one_collection(
    document: Mapping[str, Any], base: str, collection: Collection, begins: str | None
) -> dict[str, Any]:
    """One collection."""
    here = f"{base}/collections/{collection.id}"
    extent = {"spatial": {"bbox": document["extent"]["spatial"]["bbox"], "crs": CRS84}}
    if collection.dated:
        extent["temporal"] = {"interval": [[begins, None]], "trs": _TIME}
    return {
        "id": collection.id,
        "title": document["title"],
        "description": document["description"],
        "links": [link(here, "self"), link(f"{here}/items", "items", GEOJSON)],
        "extent": extent,
        "itemType": "feature",
        "crs": [CRS84, city_uri()],
        "storageCrs": city_uri(),
    }


def items(document: Mapping[str, Any], base: str, collection: Collection, given: QueryDict) -> dict[str, Any]:
    """A page of items with its links; the one to the next page repeats the question."""
    here = f"{base}/collections/{collection.id}"
    links = [link(_with(f"{here}/items", given), "self", GEOJSON), link(here, "collection")]
    if document["after"]:
        following = given.copy()
        following["after"] = document["after"]
        links.append(link(_with(f"{here}/items", following), "next", GEOJSON))
    kept = ("type", "features", "numberMatched", "numberReturned", "timeStamp")
    return {**{name: document[name] for name in kept}, "links": links}


def item(document: Mapping[str, Any], base: str, collection: Collection, given: QueryDict) -> dict[str, Any]:
    """One item with its links."""
    here = f"{base}/collections/{collection.id}"
    kept = {name: document[name] for name in ("type", "id", "geometry", "properties")}
    links = [link(_with(f"{here}/items/{document['id']}", given), "self", GEOJSON), link(here, "collection")]
    return {**kept, "links": links}


def _with(address: str, given: QueryDict) -> str:
    query = urlencode(list(given.items()))
    return f"{address}?{query}" if query else address
