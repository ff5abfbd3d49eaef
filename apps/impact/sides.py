"""Two laws over one table of parcels: what their themes say of each, and its facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.common.city_law import CityLaw
from apps.extracts.law_day import LawDay, ThemeDay
from apps.impact.fact_columns import Columns, Record, plain_facts, read_record
from apps.impact.facts_at import read_facts
from apps.impact.ground_table import GroundTable
from apps.impact.laws import Laws
from apps.impact.signs import Register, ThemeSigns, theme_signs
from apps.impact.walks import Walks
from gis_layers.postgis_impact import Ints


@dataclass(frozen=True, slots=True)
class Side:
    """One law over one table of parcels. `facts`: numbers of values, the kind of permit apart."""

    law: LawDay
    signs: Mapping[str, ThemeSigns]
    facts: Mapping[str, Ints]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both laws over one table, with what they share."""

    table: GroundTable
    record: Record
    walks: Walks
    before: Side
    after: Side


def read_sides(table: GroundTable, laws: Laws, city_law: CityLaw, register: Register, columns: Columns) -> Sides:
    """The parcels under the law as it is, and under the law as it would be."""
    record, walks = read_record(table, city_law), Walks(laws.scopes)
    before, after = laws.before.day, laws.after.day
    old = {theme.code: theme_signs(theme, table, register, walks) for theme in before.themes}
    new = {theme.code: _again(theme, old[theme.code], table, register, walks) for theme in after.themes}
    plain = plain_facts(table, record, city_law, columns)
    sides = [
        Side(law, signs, read_facts(plain, table, record, city_law, columns, signs, register))
        for law, signs in ((before, old), (after, new))
    ]
    return Sides(table, record, walks, *sides)


def _again(theme: ThemeDay, before: ThemeSigns, table: GroundTable, register: Register, walks: Walks) -> ThemeSigns:
    """The theme's signs under the other law: the same where nothing about the theme differs."""
    if (before.theme.in_force, before.theme.unread) == (theme.in_force, theme.unread):
        return before
    return theme_signs(theme, table, register, walks)
