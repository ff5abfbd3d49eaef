"""What rulebooks of this city may speak of, from the city package (city.toml, themes.toml)."""

from collections.abc import Iterator
from decimal import Decimal

from apps.common.city import City
from apps.common.city_law import CityLaw
from apps.common.text import Text
from apps.legal.fact_labels import FACT_LABELS
from apps.legal.rulebook_lint.vocabulary import Kind, KnownFact, KnownTheme, Vocabulary, Where
from apps.legal.subjects import vocabulary

_PARTITION = "partition"
_HOUSE = (
    KnownFact("plot_m2", Kind.NUMBER, FACT_LABELS["plot_m2"], "m²"),
    KnownFact("passage_m", Kind.NUMBER, FACT_LABELS["passage_m"], "m"),
    KnownFact("frontage_m", Kind.NUMBER, FACT_LABELS["frontage_m"], "m"),
    KnownFact("corner", Kind.YES_NO, FACT_LABELS["corner"]),
    KnownFact("consolidated", Kind.NUMBER, FACT_LABELS["consolidated"], whole=True),
    KnownFact(
        "existing_storeys",
        Kind.NUMBER,
        FACT_LABELS["existing_storeys"],
        "storey",
        whole=True,
    ),
    KnownFact("existing_height_m", Kind.NUMBER, FACT_LABELS["existing_height_m"], "m"),
    KnownFact("permit_kind", Kind.CODE, FACT_LABELS["permit_kind"]),
    KnownFact("edition", Kind.CODE, Text("نسخهٔ نقشه", "Edition of the layer"), where=Where.ZONE),
    KnownFact(
        "zone_share",
        Kind.NUMBER,
        Text("سهم پهنه از قطعه (۰ تا ۱)", "Share of the zone in the parcel (0..1)"),
        where=Where.ZONE,
        top=Decimal(1),
    ),
    KnownFact(
        "storeys", Kind.NUMBER, Text("طبقات مجاز", "Permitted storeys"), "storey", where=Where.STOREYS, whole=True
    ),
)


def words_of(city: City) -> Vocabulary:
    """The vocabulary of a city. Raises ImproperlyConfigured when its themes.toml is missing or broken."""
    themes = city.toml("themes").get("theme", ())
    declared = city.raw.get("categories", {})
    return Vocabulary(
        subjects=vocabulary(city.law),
        themes={t["code"]: KnownTheme(t["code"], t["kind"] == _PARTITION, Text.of(t["label"])) for t in themes},
        facts={fact.name: fact for fact in (*_HOUSE, *_declared(city.law))},
        categories={code: Text.of(body["label"]) for code, body in declared.items()},
    )


def _declared(law: CityLaw) -> Iterator[KnownFact]:
    if law.units.area != "m²":
        label = Text("مساحت قانونی قطعه در واحد شهر", "Legal area of the plot in the city's unit")
        yield KnownFact("plot_area", Kind.NUMBER, label, law.units.area)
    for rule in law.facts:
        yield KnownFact(rule.name, Kind.YES_NO, rule.label)
    for extra in law.parcel_facts:
        yield KnownFact(extra.name, Kind(extra.kind), extra.label, extra.unit)
    for net in law.net_areas:
        yield KnownFact(net.name, Kind.NUMBER, net.label, "m²")
    for asked in law.inputs:
        yield KnownFact(asked.name, Kind(asked.kind), asked.label, asked.unit, where=Where.PROPOSAL)
