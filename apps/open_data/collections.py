"""The collections of the open layers: each theme's law in force, and what is not law; parcels; districts."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.common.text import Text
from gis_layers.models import Theme
from gis_layers.postgis_ogc_sources import DISTRICTS, FEATURES, PARCELS, Source

PENDING_SUFFIX = "-pending"
_TEXT, _NUMBER, _FLAG = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
_DAY = {"type": "string", "format": "date"}
_LAW_FIELDS: Mapping[str, dict[str, str]] = {
    "code": _TEXT, "label_fa": _TEXT, "label_en": _TEXT, "attributes": {"type": "object"},
    "edition": _TEXT, "title_fa": _TEXT, "title_en": _TEXT, "legal_status": _TEXT, "on": _DAY,
    "act_kind": _TEXT, "act_number": _TEXT, "act_date": _DAY, "effective_on": _DAY, "body_fa": _TEXT,
    "body_en": _TEXT, "document": _TEXT, "authority": _TEXT, "sample": _FLAG, "synthetic": _FLAG,
}  # fmt: skip
_PARCEL_FIELDS: Mapping[str, dict[str, str]] = {
    "code": _TEXT, "district": {"type": "integer"}, "drawn_area_m2": _NUMBER, "deed_area_m2": _NUMBER,
    "passage_width_m": _NUMBER, "frontage_m": _NUMBER, "corner": _FLAG, "synthetic": _FLAG,
}  # fmt: skip
_DISTRICT_FIELDS: Mapping[str, dict[str, str]] = {
    "number": {"type": "integer"}, "name_fa": _TEXT, "name_en": _TEXT, "approximate": _FLAG,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection. `theme`: of law, None for parcels and districts; `filters`: properties that may be asked for."""

    id: str
    title: Text
    description: Text
    source: Source
    fields: Mapping[str, dict[str, str]]
    filters: tuple[str, ...]
    theme: str | None = None
    pending: bool = False

    @property
    def dated(self) -> bool:
        """Whether what it shows depends on the day."""
        return self.source is not DISTRICTS


def collections() -> dict[str, Collection]:
    """All of them by id, in the order of the map's list of layers."""
    found = [c for theme in Theme.objects.all() for c in (_in_force(theme), _pending(theme))]
    return {c.id: c for c in (*found, _PARCELS, _DISTRICTS)}


def _in_force(theme: Theme) -> Collection:
    label = Text(theme.label_fa, theme.label_en)
    return Collection(
        id=theme.code,
        title=label,
        description=Text(
            f"{label.fa}: آنچه در روز پرسش در شهر لازم‌الاجراست، هر عارضه با سندی که بر پایهٔ آن لازم‌الاجراست.",
            f"{label.en}: what is in force in the city on the day asked, each item with the act it rests on.",
        ),
        source=FEATURES,
        fields=_LAW_FIELDS,
        filters=("code", "edition", "act_number"),
        theme=theme.code,
    )


def _pending(theme: Theme) -> Collection:
    label = Text(theme.label_fa, theme.label_en)
    return Collection(
        id=f"{theme.code}{PENDING_SUFFIX}",
        title=Text(f"{label.fa} (قانون نیست)", f"{label.en} (not law)"),
        description=Text(
            f"{label.fa}: آنچه مصوب است و ابلاغ نشده، هنوز لازم‌الاجرا نشده، یا متوقف است. هیچ‌کدام قانون نیست.",
            f"{label.en}: approved but not promulgated, promulgated for a later day, or suspended. None of it is law.",
        ),
        source=FEATURES,
        fields=_LAW_FIELDS,
        filters=("code", "edition", "act_number", "legal_status"),
        theme=theme.code,
        pending=True,
    )


_PARCELS = Collection(
    id="parcels",
    title=Text("قطعات", "Parcels"),
    description=Text(
        "قطعات شهر در روز پرسش، با مساحت و گذر؛ بی پلاک ثبتی، نشانی و نام.",
        "The city's parcels on the day asked, with areas and passage; without registry plates, addresses and names.",
    ),
    source=PARCELS,
    fields=_PARCEL_FIELDS,
    filters=("code", "district"),
)
_DISTRICTS = Collection(
    id="districts",
    title=Text("مناطق شهرداری", "Municipal districts"),
    description=Text(
        "مناطق شهرداری؛ مرزهای تقریبی برای تصمیم به کار نمی‌آیند.",
        "Municipal districts; approximate borders are for showing, never for a decision.",
    ),
    source=DISTRICTS,
    fields=_DISTRICT_FIELDS,
    filters=(),
)
