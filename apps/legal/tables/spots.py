"""Which rows speak of one parcel: by zone that it touches, and for it as a whole. Pure.

On a zone, rows see two facts more: `edition` (code of the instrument that the zone belongs to) and `zone_share`
(share of the parcel, 0..1, in zones of this code).
A row that names an edition displaces, on that edition's zones, the rows of the same subject that name none:
so a local plan's rulebook speaks instead of the city's, and only where the local plan lies.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.legal.answers import Fact, Question, ZoneHit
from apps.legal.decision_table import matches
from apps.legal.tables.table import EDITION, ORDINARY, Row, Spoken, Table

ZONE_SHARE = "zone_share"
_EDITION_LABEL = Text("نسخهٔ نقشه", "Edition of the layer")
_SHARE_LABEL = Text("سهم پهنه از قطعه", "Share of the zone in the parcel")


@dataclass(frozen=True, slots=True)
class Spot:
    """A zone on the parcel with the rows that speak there; `hit` None = the parcel as a whole."""

    hit: ZoneHit | None
    spoken: Spoken
    facts: Mapping[str, Fact]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows that speak here."""
        return self.spoken.rows

    def of(self, effect: str, subject: str = "") -> tuple[Row, ...]:
        """Rows of one effect, of one subject when named."""
        return self.spoken.by.get((effect, subject), ())

    def subjects(self, *effects: str) -> tuple[str, ...]:
        """Subjects that rows of these effects speak of here, sorted."""
        return tuple(sorted({subject for effect, subject in self.spoken.by if effect in effects and subject}))

    def verdict(self, row: Row) -> bool | None:
        """Whether the row's conditions hold here; None = not known."""
        return matches(row.provision, self.facts)


def spots(table: Table, question: Question) -> tuple[Spot, ...]:
    """The parcel as a whole, then every zone it touches in the themes that rows name. Slivers do not count."""
    found = [spot_of_all(table, question.facts)]
    for theme in table.themes:
        finding = question.findings.get(theme)
        hits = finding.hits if finding else ()
        ordered = sorted(hits, key=lambda h: (h.edition, h.code, h.feature_id))
        found.extend(spot_on(table, hit, hits=hits, facts=question.facts) for hit in ordered)
    return tuple(found)


def spot_of_all(table: Table, facts: Mapping[str, Fact]) -> Spot:
    """The spot of the parcel as a whole."""
    return Spot(hit=None, spoken=rows_on(table, theme="", code="", edition=""), facts=facts)


def rows_on(table: Table, *, theme: str, code: str, edition: str) -> Spoken:
    """The rows that speak on a zone of this code and edition; theme '' = on the parcel as a whole."""
    return table.spoken_at(theme, code, edition, _on_zone if theme else _everywhere)


def spot_on(table: Table, hit: ZoneHit, *, hits: Iterable[ZoneHit], facts: Mapping[str, Fact]) -> Spot:
    """The spot of one zone; `hits`: all zones of its theme on the parcel, of which those of its code add up."""
    share = sum((Decimal(str(h.share)) for h in hits if h.code == hit.code), start=Decimal(0))
    local = {
        **facts,
        EDITION: Fact(EDITION, hit.edition, _EDITION_LABEL),
        ZONE_SHARE: Fact(ZONE_SHARE, share, _SHARE_LABEL),
    }
    spoken = rows_on(table, theme=hit.theme, code=hit.code, edition=hit.edition)
    return Spot(hit=hit, spoken=spoken, facts=local)


def _everywhere(rows: tuple[Row, ...], _code: str, _edition: str) -> tuple[Row, ...]:
    return rows


def _on_zone(rows: tuple[Row, ...], code: str, edition: str) -> tuple[Row, ...]:
    """Rows of a theme that speak on a zone: of its code or of any, and not displaced by a more special plan's."""
    here = [r for r in rows if r.provision.zone in ("", code)]
    here = [r for r in here if not r.editions or edition in r.editions]
    displaced = {r.provision.subject for r in here if r.editions and r.provision.effect in ORDINARY}
    return tuple(r for r in here if not _is_displaced(r, displaced))


def _is_displaced(row: Row, subjects: set[str]) -> bool:
    return not row.editions and row.provision.effect in ORDINARY and row.provision.subject in subjects
