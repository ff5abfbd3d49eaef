"""Parts of the DCAT-AP catalogue: agents, distributions, days, acts, texts."""

from typing import Any

from apps.common.city import current_city
from apps.common.text import Text
from apps.open_data.editions import EditionFacts
from apps.open_data.links import Address
from apps.open_data.words import licence

_MEDIA = "https://www.iana.org/assignments/media-types/"


def act_of(facts: EditionFacts, index: int, base: str) -> dict[str, Any]:
    """One act of the edition as the activity that made it what it is."""
    act = facts.acts[index]
    return {
        "@id": f"{edition_id(facts.code, base)}/acts/{act.pk}",
        "@type": "prov:Activity",
        "dct:type": act.kind,
        "dct:identifier": act.number,
        "dct:date": {"@type": "xsd:date", "@value": act.act_date.isoformat()},
        "dct:valid": {"@type": "xsd:date", "@value": act.effective_on.isoformat()},
        "dct:creator": words(Text(act.body_fa, act.body_en)),
        "dct:source": act.document,
    }


def provenance(facts: EditionFacts) -> list[dict[str, str]]:
    """From which file it was taken in."""
    edition = facts.edition
    return words(
        Text(
            f"از پروندهٔ {edition.file_name} ({edition.source_crs})؛ {edition.feature_count} عارضه پذیرفته شد و "
            f"{edition.quarantined_count} ردیف در قرنطینه ماند.",
            f"From the file {edition.file_name} ({edition.source_crs}); {edition.feature_count} features taken in, "
            f"{edition.quarantined_count} rows quarantined.",
        )
    )


def temporal(facts: EditionFacts) -> dict[str, Any]:
    """The days on which it is in force somewhere."""
    days = {"dcat:startDate": facts.since, "dcat:endDate": facts.until}
    said = {name: {"@type": "xsd:date", "@value": day.isoformat()} for name, day in days.items() if day}
    return {"@type": "dct:PeriodOfTime", **said}


def distribution(way: Address, base: str) -> dict[str, Any]:
    """One way to the data."""
    licences = "; ".join(credit.licence for credit in current_city().credits)
    direct = way.protocol == "WWW:DOWNLOAD"
    made: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": way.title,
        "dcat:accessURL": {"@id": way.url},
        "dcat:mediaType": {"@id": f"{_MEDIA}{way.media}"},
        "dct:license": {"@type": "dct:LicenseDocument", "rdfs:label": licences},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": words(licence())},
    }
    if direct:
        made["dcat:downloadURL"] = {"@id": way.url}
    if way.protocol == "OGC:API-Features":
        made["dcat:accessService"] = {"@id": f"{base}/ogc/"}
    return made


def agent(name: Text, code: str, base: str) -> dict[str, Any]:
    """An office."""
    return {"@id": f"{base}/open/offices/{code or 'city'}", "@type": "foaf:Organization", "foaf:name": words(name)}


def edition_id(code: str, base: str) -> str:
    """The name of an edition."""
    return f"{base}/open/editions/{code}"


def words(text: Text) -> list[dict[str, str]]:
    """A text in the languages of the city."""
    return [{"@language": code, "@value": text.in_language(code)} for code in current_city().languages]
