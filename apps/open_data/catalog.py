"""The DCAT-AP catalogue as JSON-LD: a dataset for each theme and for each edition, each with its office and its law."""

from typing import Any

from apps.common.city import current_city
from apps.common.clock import today
from apps.common.text import Text
from apps.open_data.catalog_parts import act_of, agent, distribution, edition_id, provenance, temporal, words
from apps.open_data.collections import PENDING_SUFFIX, collections
from apps.open_data.editions import EditionFacts, all_editions
from apps.open_data.links import Address, addresses, items_url
from apps.open_data.words import city_title, licence, standing_of_data, standing_words

_LANGUAGES = {"fa": "PER", "en": "ENG"}
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_THEME = f"{_AUTHORITY}data-theme/REGI"
_PUBLIC = f"{_AUTHORITY}access-right/PUBLIC"
CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "prov": "http://www.w3.org/ns/prov#",
    "adms": "http://www.w3.org/ns/adms#",
    "locn": "http://www.w3.org/ns/locn#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


def catalog(base: str) -> dict[str, Any]:
    """The catalogue of the site at `base` (without a slash at its end)."""
    editions = all_editions(on=today())
    datasets = [*_themes(editions, base), *(_edition(facts, base) for facts in editions)]
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": f"{base}/open/catalog",
        "@type": "dcat:Catalog",
        "dct:title": words(city_title()),
        "dct:description": words(licence()),
        "dct:publisher": agent(current_city().name, "", base),
        "dct:language": [{"@id": f"{_AUTHORITY}language/{_LANGUAGES[code]}"} for code in current_city().languages],
        "dcat:service": {
            "@id": f"{base}/ogc/",
            "@type": "dcat:DataService",
            "dct:title": words(city_title()),
            "dcat:endpointURL": {"@id": f"{base}/ogc/"},
            "dcat:endpointDescription": {"@id": f"{base}/ogc/api"},
            "dct:conformsTo": {"@id": "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"},
        },
        "dcat:dataset": datasets,
    }
    return made


def _themes(editions: list[EditionFacts], base: str) -> list[dict[str, Any]]:
    by_theme: dict[str, list[EditionFacts]] = {}
    for facts in editions:
        by_theme.setdefault(facts.edition.theme.code, []).append(facts)
    known = collections()
    return [_theme(code, held, known[code].description, base) for code, held in by_theme.items()]


def _theme(code: str, editions: list[EditionFacts], description: Text, base: str) -> dict[str, Any]:
    facts = editions[0]
    media = "application/geo+json"
    ways = [
        Address(items_url(code, base), "in force", "OGC:API-Features", media),
        Address(items_url(code + PENDING_SUFFIX, base), "not law", "OGC:API-Features", media),
        Address(f"{base}/api/v1/layers", "vector tiles", "WWW:LINK", "application/vnd.mapbox-vector-tile"),
    ]
    return {
        **_dataset(f"{base}/open/themes/{code}", facts.theme, description, facts, base),
        "dcat:distribution": [distribution(way, base) for way in ways],
        "dct:hasPart": [{"@id": edition_id(held.code, base)} for held in editions],
    }


def _edition(facts: EditionFacts, base: str) -> dict[str, Any]:
    standing = standing_words(facts.statuses)
    description = Text(
        f"{facts.theme.fa}. وضع حقوقی امروز: {standing.fa}.", f"{facts.theme.en}. Legal status today: {standing.en}."
    )
    west, south, east, north = facts.bounds
    box = f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
    made = {
        **_dataset(edition_id(facts.code, base), facts.title, description, facts, base),
        "dct:identifier": facts.code,
        "adms:status": [{"@id": f"{base}/open/status/{status.value}"} for status in facts.statuses],
        "adms:versionNotes": words(standing),
        "dct:isPartOf": {"@id": f"{base}/open/themes/{facts.edition.theme.code}"},
        "dct:spatial": {"@type": "dct:Location", "dcat:bbox": {"@type": "geosparql:wktLiteral", "@value": box}},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": provenance(facts)},
        "prov:wasGeneratedBy": [act_of(facts, index, base) for index in range(len(facts.acts))],
        "dcat:distribution": [distribution(way, base) for way in addresses(facts.edition.theme.code, facts.code, base)],
    }
    return {**made, "dct:temporal": temporal(facts)} if facts.since else made


def _dataset(name: str, title: Text, description: Text, facts: EditionFacts, base: str) -> dict[str, Any]:
    terms = standing_of_data()
    said = Text(f"{description.fa} {terms.fa}", f"{description.en} {terms.en}") if terms else description
    return {
        "@id": name,
        "@type": "dcat:Dataset",
        "dct:title": words(title),
        "dct:description": words(said),
        "dct:publisher": agent(facts.office, facts.edition.theme.office_code, base),
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": words(facts.office),
            "vcard:note": words(facts.contact),
        },
        "dcat:theme": {"@id": _THEME},
        "dct:accessRights": {"@id": _PUBLIC},
    }
