"""All facts of all parcels of a table under one law: numbers of values by name, and one parcel's facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from apps.common.city_law import CityLaw, FactRule
from apps.extracts.facts import facts_of
from apps.impact.fact_columns import Columns, Record, net_facts, nowhere
from apps.impact.ground_table import GroundTable
from apps.impact.signs import Register, ThemeSigns
from apps.impact.zones import pretended
from apps.legal.answers import Fact, FactValue
from gis_layers.postgis_impact import Ints


@dataclass(frozen=True, slots=True)
class Facts:
    """`ids`: numbers of values in `columns`, for the facts that rules ask for. `names`: every fact, for its words."""

    columns: Columns
    ids: Mapping[str, Ints]
    names: Mapping[str, Fact]

    def at(self, at: int) -> dict[str, Fact]:
        """One parcel's facts. Those that no rule asks for are without a value."""
        return {**self.names, **{name: replace(self.names[name], value=self.value(name, at)) for name in self.ids}}

    def value(self, name: str, at: int) -> FactValue:
        """The value of one fact on one parcel; None = not known, or no fact of this city."""
        ids = self.ids.get(name)
        return None if ids is None else self.columns.by_name[name].values[int(ids[at])]


def names_of(law: CityLaw, permit_kind: str) -> dict[str, Fact]:
    """Every fact of the city by name, those of the record without a value."""
    return facts_of(nowhere(), permit_kind=permit_kind, law=law, findings={})


def read_facts(
    plain: Mapping[str, Ints],
    table: GroundTable,
    record: Record,
    law: CityLaw,
    columns: Columns,
    signs: Mapping[str, ThemeSigns],
    register: Register,
) -> dict[str, Ints]:
    """Numbers of the values of every fact that rules ask for, the kind of permit apart.

    `plain`: those of the record.
    """
    asked = [rule for rule in law.facts if columns.of(rule.name) is not None]
    return {
        **plain,
        **net_facts(table, record, law, columns, signs, register),
        **{rule.name: _ruled(rule, law, columns, signs, register) for rule in asked},
    }


def _ruled(rule: FactRule, law: CityLaw, columns: Columns, signs: Mapping[str, ThemeSigns], register: Register) -> Ints:
    """A fact that says whether some zone lies on the parcel: the same wherever these themes have the same signs."""
    heard = [theme for theme in rule.themes if theme in signs]
    count = len(next(iter(signs.values())).ids)
    keys = np.stack([signs[t].ids for t in heard], axis=1) if heard else np.zeros((count, 0), dtype=np.int64)
    found, back = np.unique(keys, axis=0, return_inverse=True)
    only = replace(law, facts=(rule,), parcel_facts=(), net_areas=(), inputs=())
    values = []
    for row in found.tolist():
        findings = {t: pretended(signs[t].theme, register.signs[n]) for t, n in zip(heard, row, strict=True)}
        fact = facts_of(nowhere(), permit_kind="", law=only, findings=findings)[rule.name]
        values.append(columns.by_name[rule.name].id_of(fact.value))
    return np.array(values, dtype=np.int64)[back.reshape(-1)]
