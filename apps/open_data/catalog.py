"""The DCAT-AP catalogue as JSON-LD: a dataset for each theme and for each edition, each with its office and its law."""

from typing import Any

from apps.common.city import current_city
from apps.common.clock import today
from apps.common.text import Text
from apps.open_data.collections import PENDING_SUFFIX, collections
from apps.open_data.editions import EditionFacts, all_editions
from apps.open_data.links import Address, addresses, items_url
from apps.open_data.words import city_title, licence, standing_of_data, standing_words

_MEDIA = "https://www.iana.org/assignments/media-types/"
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
        "dct:title": _words(city_title()),
        "dct:description": _words(licence()),
        "dct:publisher": _agent(current_city().name, "", base),
        "dct:language": [{"@id": f"{_AUTHORITY}language/{_LANGUAGES[code]}"} for code in current_city().languages],
        "dcat:service": {
            "@id": f"{base}/ogc/",
            "@type": "dcat:DataService",
            "dct:title": _words(city_title()),
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
        "dcat:distribution": [_distribution(way, base) for way in ways],
        "dct:hasPart": [{"@id": _edition_id(held.code, base)} for held in editions],
    }


def _edition(facts: EditionFacts, base: str) -> dict[str, Any]:
    standing = standing_words(facts.statuses)
    description = Text(
        f"{facts.theme.fa}. وضع حقوقی امروز: {standing.fa}.", f"{facts.theme.en}. Legal status today: {standing.en}."
    )
    west, south, east, north = facts.bounds
    box = f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
    made = {
        **_dataset(_edition_id(facts.code, base), facts.title, description, facts, base),
        "dct:identifier": facts.code,
        "adms:status": [{"@id": f"{base}/open/status/{status.value}"} for status in facts.statuses],
        "adms:versionNotes": _words(standing),
        "dct:isPartOf": {"@id": f"{base}/open/themes/{facts.edition.theme.code}"},
        "dct:spatial": {"@type": "dct:Location", "dcat:bbox": {"@type": "geosparql:wktLiteral", "@value": box}},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _provenance(facts)},
        "prov:wasGeneratedBy": [_act(facts, index, base) for index in range(len(facts.acts))],
        "dcat:distribution": [
            _distribution(way, base) for way in addresses(facts.edition.theme.code, facts.code, base)
        ],
    }
    return {**made, "dct:temporal": _temporal(facts)} if facts.since else made


def _dataset(name: str, title: Text, description: Text, facts: EditionFacts, base: str) -> dict[str, Any]:
    terms = standing_of_data()
    said = Text(f"{description.fa} {terms.fa}", f"{description.en} {terms.en}") if terms else description
    return {
        "@id": name,
        "@type": "dcat:Dataset",
        "dct:title": _words(title),
        "dct:description": _words(said),
        "dct:publisher": _agent(facts.office, facts.edition.theme.office_code, base),
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": _words(facts.office),
            "vcard:note": _words(facts.contact),
        },
        "dcat:theme": {"@id": _THEME},
        "dct:accessRights": {"@id": _PUBLIC},
    }


def _act(facts: EditionFacts, index: int, base: str) -> dict[str, Any]:
    act = facts.acts[index]
    return {
        "@id": f"{_edition_id(facts.code, base)}/acts/{act.pk}",
        "@type": "prov:Activity",
        "dct:type": act.kind,
        "dct:identifier": act.number,
        "dct:date": {"@type": "xsd:date", "@value": act.act_date.isoformat()},
        "dct:valid": {"@type": "xsd:date", "@value": act.effective_on.isoformat()},
        "dct:creator": _words(Text(act.body_fa, act.body_en)),
        "dct:source": act.document,
    }


def _provenance(facts: EditionFacts) -> list[dict[str, str]]:
    edition = facts.edition
    return _words(
        Text(
            f"از پروندهٔ {edition.file_name} ({edition.source_crs})؛ {edition.feature_count} عارضه پذیرفته شد و "
            f"{edition.quarantined_count} ردیف در قرنطینه ماند.",
            f"From the file {edition.file_name} ({edition.source_crs}); {edition.feature_count} features taken in, "
            f"{edition.quarantined_count} rows quarantined.",
        )
    )


def _temporal(facts: EditionFacts) -> dict[str, Any]:
    days = {"dcat:startDate": facts.since, "dcat:endDate": facts.until}
    said = {name: {"@type": "xsd:date", "@value": day.isoformat()} for name, day in days.items() if day}
    return {"@type": "dct:PeriodOfTime", **said}


def _distribution(way: Address, base: str) -> dict[str, Any]:
    licences = "; ".join(credit.licence for credit in current_city().credits)
    direct = way.protocol == "WWW:DOWNLOAD"
    made: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": way.title,
        "dcat:accessURL": {"@id": way.url},
        "dcat:mediaType": {"@id": f"{_MEDIA}{way.media}"},
        "dct:license": {"@type": "dct:LicenseDocument", "rdfs:label": licences},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _words(licence())},
    }
    if direct:
        made["dcat:downloadURL"] = {"@id": way.url}
    if way.protocol == "OGC:API-Features":
        made["dcat:accessService"] = {"@id": f"{base}/ogc/"}
    return made


def _agent(name: Text, code: str, base: str) -> dict[str, Any]:
    return {"@id": f"{base}/open/offices/{code or 'city'}", "@type": "foaf:Organization", "foaf:name": _words(name)}


def _edition_id(code: str, base: str) -> str:
    return f"{base}/open/editions/{code}"


def _words(text: Text) -> list[dict[str, str]]:
    return [{"@language": code, "@value": text.in_language(code)} for code in current_city().languages]
