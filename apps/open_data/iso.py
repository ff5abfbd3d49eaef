"""The ISO 19139 record of an edition: whose it is, its standing today, where, when, by which acts, on which terms."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from apps.common.city import current_city
from apps.common.clock import today
from apps.legal.acts import ActKind, Status
from apps.open_data.editions import EditionFacts
from apps.open_data.links import Address, addresses
from apps.open_data.words import licence, standing_words
from gis_layers.crs import city_srid

GMD, GCO, GML = "http://www.isotc211.org/2005/gmd", "http://www.isotc211.org/2005/gco", "http://www.opengis.net/gml"
XLINK = "http://www.w3.org/1999/xlink"
_LISTS = "http://www.isotc211.org/2005/resources/Codelist/gmxCodelists.xml"
_NAMESPACES = {"xmlns": GMD, "xmlns:gco": GCO, "xmlns:gml": GML, "xmlns:xlink": XLINK}
_PROGRESS = {Status.IN_FORCE: "completed", Status.SUSPENDED: "onGoing", Status.APPROVED: "planned"}


def record(facts: EditionFacts, *, base: str) -> str:
    """The record as XML text; `base`: the address of this site, without a slash at its end."""
    root = Element("MD_Metadata", _NAMESPACES)
    _text(root, "fileIdentifier", f"{current_city().code}:{facts.code}")
    _text(root, "language", "per" if current_city().languages[0] == "fa" else "eng")
    _code(root, "hierarchyLevel", "MD_ScopeCode", "dataset")
    _party(_down(root, "contact"), facts, "pointOfContact")
    _value(root, "dateStamp", "gco:Date", today().isoformat())
    _text(root, "metadataStandardName", "ISO 19115:2003/19139")
    system = _down(root, "referenceSystemInfo", "MD_ReferenceSystem", "referenceSystemIdentifier", "RS_Identifier")
    _text(system, "code", str(city_srid()))
    _text(system, "codeSpace", "EPSG")
    _identification(_down(root, "identificationInfo", "MD_DataIdentification"), facts)
    _distribution(root, addresses(facts.edition.theme.code, facts.code, base))
    _lineage(root, facts)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _identification(part: Element, facts: EditionFacts) -> None:
    standing, terms = standing_words(facts.statuses), licence()
    citation = _down(part, "citation", "CI_Citation")
    _text(citation, "title", _both(facts.title.fa, facts.title.en))
    for act in facts.acts:
        if act.kind in (ActKind.APPROVE, ActKind.PROMULGATE):
            dated = _down(citation, "date", "CI_Date")
            _value(_down(dated, "date"), "", "gco:Date", act.act_date.isoformat())
            _code(dated, "dateType", "CI_DateTypeCode", "creation" if act.kind == ActKind.APPROVE else "publication")
    _text(_down(citation, "identifier", "MD_Identifier"), "code", facts.code)
    said = f"{facts.theme.fa}، {facts.title.fa}. وضع حقوقی امروز: {standing.fa}. {terms.fa}"
    said_en = f"{facts.theme.en}, {facts.title.en}. Legal status today: {standing.en}. {terms.en}"
    _text(part, "abstract", _both(said, said_en))
    first = facts.statuses[0] if Status.IN_FORCE not in facts.statuses else Status.IN_FORCE
    _code(part, "status", "MD_ProgressCode", _PROGRESS.get(first, "historicalArchive"))
    _party(_down(part, "pointOfContact"), facts, "owner")
    words = _down(part, "descriptiveKeywords", "MD_Keywords")
    for word in (facts.theme.fa, facts.theme.en, *(f"legal status: {status.value}" for status in facts.statuses)):
        _text(words, "keyword", word)
    limits = _down(part, "resourceConstraints", "MD_LegalConstraints")
    _text(limits, "useLimitation", _both(terms.fa, terms.en))
    _code(limits, "useConstraints", "MD_RestrictionCode", "otherRestrictions")
    _text(limits, "otherConstraints", "; ".join(credit.licence for credit in current_city().credits) or "see the city")
    _code(part, "spatialRepresentationType", "MD_SpatialRepresentationTypeCode", "vector")
    _text(part, "language", "per" if current_city().languages[0] == "fa" else "eng")
    _value(part, "topicCategory", "MD_TopicCategoryCode", "planningCadastre")
    _extent(_down(part, "extent", "EX_Extent"), facts)


def _extent(part: Element, facts: EditionFacts) -> None:
    box = _down(part, "geographicElement", "EX_GeographicBoundingBox")
    west, south, east, north = facts.bounds
    for name, degrees in (("west", west), ("east", east)):
        _value(box, f"{name}BoundLongitude", "gco:Decimal", f"{degrees:.6f}")
    for name, degrees in (("south", south), ("north", north)):
        _value(box, f"{name}BoundLatitude", "gco:Decimal", f"{degrees:.6f}")
    if facts.since is None:
        return
    span = _down(part, "temporalElement", "EX_TemporalExtent", "extent")
    period = SubElement(span, "gml:TimePeriod", {"gml:id": "in-force"})
    SubElement(period, "gml:beginPosition").text = facts.since.isoformat()
    end = SubElement(period, "gml:endPosition", {} if facts.until else {"indeterminatePosition": "unknown"})
    end.text = facts.until.isoformat() if facts.until else None


def _distribution(root: Element, found: list[Address]) -> None:
    part = _down(root, "distributionInfo", "MD_Distribution", "transferOptions", "MD_DigitalTransferOptions")
    for address in found:
        resource = _down(part, "onLine", "CI_OnlineResource")
        _value(resource, "linkage", "URL", address.url)
        _text(resource, "protocol", address.protocol)
        _text(resource, "name", address.title)


def _lineage(root: Element, facts: EditionFacts) -> None:
    part = _down(root, "dataQualityInfo", "DQ_DataQuality")
    _code(_down(part, "scope", "DQ_Scope"), "level", "MD_ScopeCode", "dataset")
    lineage = _down(part, "lineage", "LI_Lineage")
    edition = facts.edition
    _text(
        lineage,
        "statement",
        f"{edition.file_name}, SHA-256 {edition.checksum}, {edition.source_crs}; {edition.feature_count} features "
        f"taken in, {edition.quarantined_count} rows quarantined, {edition.unplaced} of them without a known place.",
    )
    for act in facts.acts:
        step = _down(lineage, "processStep", "LI_ProcessStep")
        _text(
            step,
            "description",
            f"{act.kind} {act.number}, {act.act_date.isoformat()}, effective {act.effective_on.isoformat()}: "
            f"{_both(act.body_fa, act.body_en)}; {act.document}",
        )
        _value(step, "dateTime", "gco:DateTime", act.recorded_at.isoformat())


def _party(part: Element, facts: EditionFacts, role: str) -> None:
    party = _down(part, "CI_ResponsibleParty")
    _text(party, "organisationName", _both(facts.office.fa, facts.office.en))
    if facts.contact.en:
        address = _down(party, "contactInfo", "CI_Contact", "address", "CI_Address")
        _text(address, "deliveryPoint", _both(facts.contact.fa, facts.contact.en))
        _text(address, "city", _both(current_city().name.fa, current_city().name.en))
    _code(party, "role", "CI_RoleCode", role)


def _both(fa: str, en: str) -> str:
    return fa if fa == en else f"{fa} / {en}"


def _down(parent: Element, *names: str) -> Element:
    for name in names:
        parent = SubElement(parent, name)
    return parent


def _value(parent: Element, name: str, kind: str, text: str) -> None:
    SubElement(SubElement(parent, name) if name else parent, kind).text = text


def _text(parent: Element, name: str, text: str) -> None:
    _value(parent, name, "gco:CharacterString", text)


def _code(parent: Element, name: str, kind: str, value: str) -> None:
    made = {"codeList": f"{_LISTS}#{kind}", "codeListValue": value}
    SubElement(SubElement(parent, name), kind, made).text = value
