"""The mapping form, filled in as far as it can be: from an earlier run, from guesses, from what was just sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.cadastre.models import District
from apps.common.text import latin_digits
from apps.desk import intake_looking
from apps.desk.intake_access import districts_of
from apps.desk.intake_codes import codes_of_books
from apps.desk.intake_guess import guess, guess_theme
from apps.desk.intake_listing import themes_to_edit
from apps.desk.intake_plan import coverable, proposed_code
from apps.desk.models import IntakeRun
from apps.parties.models import Person
from gis_layers.models import Theme

TARGETS = ("code", "label_fa", "label_en")
_LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the page shows. `look`: the layer looked at; `values`: what stands in the fields."""

    looks: Any
    look: Any
    layer: str
    others: list[str]
    themes: list[Theme]
    values: Mapping[str, Any]
    editions: Mapping[str, list[Any]]
    districts: list[District]
    kept: bool


def form_of(run: IntakeRun, person: Person, *, layer: str, filled: Mapping[str, str] | None = None) -> Form:
    """The form for a layer of the run's file ('' = the likeliest). Raises IntakeError when the file cannot be read."""
    looks = intake_looking.look_into(run)
    look = next((one for one in looks if one.name == (layer or run.layer)), None) or _likeliest(looks)
    themes = themes_to_edit(person)
    theme = _theme(themes, (filled or {}).get("theme", ""), run, look)
    kept = bool(run.corrects and run.corrects.edition_id)
    return Form(
        looks=looks,
        look=look,
        layer=look.name,
        others=[one.name for one in looks if one.name != look.name],
        themes=themes,
        values={**_values(run, look, theme), **_sent(filled)},
        editions={t.code: coverable(t) for t in themes},
        districts=_districts(person, theme),
        kept=kept,
    )


def _likeliest(looks: Any) -> Any:
    """The layer with the most rows that can be read: a coverage beside it has few."""
    return max(looks, key=lambda look: (look.trouble is None, look.count))


def _theme(themes: list[Theme], said: str, run: IntakeRun, look: Any) -> Theme | None:
    wanted = said or (run.theme.code if run.theme else "")
    wanted = wanted or guess_theme(look.fields, {theme.code: codes_of_books(theme.code).known for theme in themes})
    chosen = next((theme for theme in themes if theme.code == wanted), None)
    return chosen or (themes[0] if len(themes) == 1 else None)


def _values(run: IntakeRun, look: Any, theme: Theme | None) -> dict[str, Any]:
    names = {field.name for field in look.fields}
    guessed = guess(look.fields, known=codes_of_books(theme.code).known if theme else ())
    mapping = {name: field for name, field in run.mapping.items() if field in names} or guessed
    coverage = run.coverage or {"kind": ""}
    return {
        "theme": theme.code if theme else "",
        **{f"map_{name}": mapping.get(name, "") for name in TARGETS},
        "title_fa": run.title_fa,
        "title_en": run.title_en,
        "instrument": run.instrument_code or (proposed_code(theme.code) if theme else ""),
        "rank": "local" if run.rank > 10 else "city",  # noqa: PLR2004 - Rank.CITY_PLAN
        "coverage": coverage["kind"],
        "coverage_layer": coverage.get("layer", ""),
        "coverage_edition": coverage.get("edition", ""),
        "district": coverage.get("district", []),
    }


def _sent(filled: Mapping[str, str] | None) -> dict[str, Any]:
    if filled is None:
        return {}
    names = ("theme", "title_fa", "title_en", "instrument", "rank", "coverage", "coverage_layer", "coverage_edition")
    sent: dict[str, Any] = {name: filled.get(name, "") for name in (*names, *(f"map_{t}" for t in TARGETS))}
    numbers: list[str] = getattr(filled, "getlist", lambda _name: [])("district")
    return {**sent, "district": numbers_in(numbers)}


def numbers_in(raw: Iterable[str]) -> list[int]:
    """Numbers of districts as a form sends them; what is none is left out."""
    plain = map(latin_digits, raw)
    return [int(number) for number in plain if number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER]


def _districts(person: Person, theme: Theme | None) -> list[District]:
    reach = districts_of(person, theme.code) if theme else None
    districts = District.objects.defer("geom", "geom_web").order_by("number")
    return list(districts if reach is None else districts.filter(number__in=reach))
