"""One parcel composed under one law as a whole, by the same pure functions as its extract.

For parcels on which a source fails, for sources that are not put together from pieces, and to check the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.common.city_law import CityLaw
from apps.extracts.answers import resolve
from apps.extracts.facts import facts_of
from apps.extracts.findings import find
from apps.extracts.law_day import LawDay
from apps.impact.fact_columns import Record, site_at
from apps.impact.ground_table import GroundTable
from apps.impact.said import Said, said
from apps.impact.walks import Walks
from apps.legal.answers import RuleSource


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes for one permit kind. `sources` None = those of the city."""

    permit_kind: str
    city_law: CityLaw
    sources: Sequence[RuleSource] | None

    def said(self, at: int, *, law: LawDay, table: GroundTable, record: Record, walks: Walks) -> Said:
        """What the whole answer says of the parcel at this place of the table."""
        themes = [(t, {e.edition_id: e.instrument for e in t.in_force}) for t in law.themes]
        table.read_labels([at])
        ground = table.ground(at, themes)
        for theme, _ in themes:
            walks.prepare(theme, {at: ground}, table)
        findings = {theme.code: find(theme, ground, walker=walks.walker(at)) for theme, _ in themes}
        site = site_at(table, record, at)
        facts = facts_of(site, permit_kind=self.permit_kind, law=self.city_law, findings=findings)
        found = resolve(facts=facts, findings=findings, rulebooks=law.rulebooks, sources=self.sources)
        return said(findings, found)
