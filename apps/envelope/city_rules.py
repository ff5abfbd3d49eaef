"""What a city package says about envelopes: the table [envelope] of city.toml. Pure.

[envelope]
storey_height = 3.20          # of a storey that the rules count, in the city's unit of length; may be left out
plot_fact = "net_plot_m2"     # the fact that percentages are taken of; "plot_m2" when left out
ground_storey = true          # no storey over the base permitted: one on the ground fits if the height permits it
[envelope.base]               # the level under the counted storeys; may be left out
height = 2.70
label = { fa = "پیلوت", en = "Pilotis" }
counted = false
[[envelope.cut_outs]]         # zones of these themes are cut out of the lot
theme = "road_widening"
subject = "front_setback"     # the subject whose provision is named as the reason
ceded = true                  # the land goes to the passage, whose edge moves
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.common.text import Text
from apps.common.units import LENGTHS, Units
from apps.envelope.inputs import METRIC, Base, Building


@dataclass(frozen=True, slots=True)
class CutTheme:
    """A theme whose zones nothing is built on, and the subject whose provision says so."""

    theme: str
    subject: str
    ceded: bool


@dataclass(frozen=True, slots=True)
class EnvelopeRules:
    """The table, lengths in metres."""

    building: Building
    plot_fact: str
    cut_outs: tuple[CutTheme, ...]
    units: Units = METRIC


def envelope_rules(raw: Mapping[str, Any], units: Units) -> EnvelopeRules:
    """From the parsed city.toml; a city without the table has neither storey heights nor cut-outs.

    Raises KeyError for a missing key of a table that is there.
    """
    table = raw.get("envelope", {})
    metres = LENGTHS[units.length]
    base = table.get("base")
    each = table.get("storey_height")
    building = Building(
        storey_height=None if each is None else _number(each) * metres,
        base=None if base is None else _base(base, metres),
        ground_storey=bool(table.get("ground_storey", False)),
    )
    cuts = tuple(CutTheme(c["theme"], c["subject"], bool(c.get("ceded", False))) for c in table.get("cut_outs", ()))
    return EnvelopeRules(building, table.get("plot_fact", "plot_m2"), cuts, units)


def _base(raw: Mapping[str, Any], metres: Decimal) -> Base:
    return Base(_number(raw["height"]) * metres, Text.of(raw["label"]), bool(raw.get("counted", False)))


def _number(raw: float) -> Decimal:
    return Decimal(str(raw))
