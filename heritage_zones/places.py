"""The places of a registration, and how they become an edition. By the same intake as a file from outside."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import MultiPolygon
from django.utils.text import slugify

from apps.common.city import current_city
from apps.common.text import Text, latin_digits
from apps.legal.models import Instrument, InstrumentKind
from apps.legal.services import register_instrument
from gis_layers.models import Theme
from gis_layers.services import take_in_drawn
from heritage_zones.models import Registration


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a registration makes: theme, code, shape (city CRS)."""

    theme: str
    code: str
    shape: MultiPolygon


def take_in_places(places: Sequence[Place], *, number: str, name: Text, part: str) -> Instrument:
    """A new instrument with an edition of these places, all of one theme. `part`: core or buffer."""
    what = Text("عرصهٔ", "Core of") if part == "core" else Text("حریم‌های", "Buffers of")
    theme = Theme.objects.get(code=places[0].theme)
    instrument = register_instrument(
        code=f"hr-reg-{slugify(latin_digits(number).replace('/', '-')) or Registration.objects.count() + 1}-{part}",
        kind=InstrumentKind.EDITION,
        title_fa=f"{what.fa} {name.fa.strip()} ({number})"[:200],
        title_en=f"{what.en} {name.en.strip()} ({number})"[:200],
        sample=current_city().sample_rules,
    )
    take_in_drawn(name=instrument.code, theme=theme, instrument=instrument, places=_drawn(places, theme, name))
    return instrument


def _drawn(places: Sequence[Place], theme: Theme, name: Text) -> list[tuple[str, Text, bytes]]:
    labels = {entry["code"]: Text.of(entry["label"]) for entry in theme.style.get("colors", ())}
    said = [(place, labels.get(place.code, Text(place.code, place.code))) for place in places]
    return [
        (place.code, Text(f"{label.fa}، {name.fa}"[:200], f"{label.en}, {name.en}"[:200]), bytes(place.shape.wkb))
        for place, label in said
    ]
