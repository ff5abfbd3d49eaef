"""The facts that rules may ask about, from the parcel, the request and the findings. Unknown stays unknown."""

from collections.abc import Mapping
from decimal import Decimal

from apps.common.city_law import CityLaw, FactRule, NetArea, ParcelFact
from apps.extracts.site import Site
from apps.legal.answers import Fact, FactValue, Outcome, RulebookInForce, ThemeFinding
from apps.legal.fact_labels import FACT_LABELS
from apps.legal.tables.table import table_of


def facts_of(
    site: Site, *, permit_kind: str | None, law: CityLaw, findings: Mapping[str, ThemeFinding]
) -> dict[str, Fact]:
    """All facts by name. Facts of the proposal are there without a value until there is a proposal.

    `permit_kind` None: a kind that the rules do not know (`kind_in_law`).
    """
    own = (
        Fact("plot_m2", site.legal_area_m2, FACT_LABELS["plot_m2"], "m²"),
        *_in_city_units(site, law),
        Fact("permit_kind", permit_kind, FACT_LABELS["permit_kind"]),
    )
    recorded = (
        Fact("passage_m", site.passage_width_m, FACT_LABELS["passage_m"], "m"),
        Fact("frontage_m", site.frontage_m, FACT_LABELS["frontage_m"], "m"),
        Fact("corner", site.corner, FACT_LABELS["corner"]),
        Fact("consolidated", _whole(site.consolidated), FACT_LABELS["consolidated"]),
        Fact("existing_storeys", _whole(site.existing_storeys), FACT_LABELS["existing_storeys"], "storey"),
        Fact("existing_height_m", site.existing_height_m, FACT_LABELS["existing_height_m"], "m"),
    )
    kept = (fact for fact in recorded if law.record is None or fact.name in law.record)
    declared = (
        *(Fact(d.name, of_record(d, site.attributes.get(d.column)), d.label, d.unit) for d in law.parcel_facts),
        *(Fact(n.name, _net(n, site, findings), n.label, "m²") for n in law.net_areas),
        *(Fact(rule.name, _applies(rule, findings), rule.label) for rule in law.facts),
        *(Fact(i.name, None, i.label, i.unit, of_proposal=True) for i in law.inputs),
    )
    return {fact.name: fact for fact in (*own, *kept, *declared)}


def kind_in_law(permit_kind: str, rulebooks: Mapping[str, tuple[RulebookInForce, ...]]) -> str | None:
    """The kind as rules may ask for it; None where they tell kinds apart and none of them names this one.

    Such a kind meets no row that is written for named kinds, which would read as "no limit". As a fact that is not
    known it leaves open whatever hangs on the kind, with the strictest bound that is certain.
    """
    named = frozenset(kind for books in rulebooks.values() for kind in table_of(books).kinds)
    return None if named and permit_kind not in named else permit_kind


def _in_city_units(site: Site, law: CityLaw) -> tuple[Fact, ...]:
    """The plot's area in the unit of the city's law, where that is not m²."""
    if law.units.area == "m²":
        return ()
    area = site.legal_area_m2
    converted = None if area is None else law.units.area_of(area)
    return (Fact("plot_area", converted, FACT_LABELS["plot_m2"], law.units.area),)


def of_record(declared: ParcelFact, raw: object) -> FactValue:
    """A recorded attribute as a fact of the declared kind; anything of another kind is not known."""
    if declared.kind == "yes_no":
        return raw if isinstance(raw, bool) else None
    if declared.kind == "code":
        return raw or None if isinstance(raw, str) else None
    return Decimal(str(raw)) if isinstance(raw, int | float) and not isinstance(raw, bool) else None


def _net(declared: NetArea, site: Site, findings: Mapping[str, ThemeFinding]) -> Decimal | None:
    """Legal area less what the themes hold, hundredths of m², never below nothing."""
    found = [findings.get(theme) for theme in declared.minus]
    if site.legal_area_m2 is None or any(f is None or f.outcome is Outcome.NOT_KNOWN for f in found):
        return None
    taken = sum((Decimal(str(round(h.area_m2, 2))) for f in found if f for h in f.hits), start=Decimal(0))
    return max(site.legal_area_m2 - taken, Decimal(0))


def _applies(rule: FactRule, findings: Mapping[str, ThemeFinding]) -> bool | None:
    """Yes where any of the themes holds; not known while one of them is not known (or unheard of); else no."""
    known = [findings.get(theme) for theme in rule.themes]
    hits = (hit for finding in known if finding for hit in finding.hits)
    if any(not rule.codes or hit.code in rule.codes for hit in hits):
        return True
    if any(finding is None or finding.outcome is Outcome.NOT_KNOWN for finding in known):
        return None
    return False


def _whole(raw: int | None) -> Decimal | None:
    return None if raw is None else Decimal(raw)
