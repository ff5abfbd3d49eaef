"""Which rows speak of one parcel: by zone that it touches, and for it as a whole. Pure.

On a zone, rows see two facts more: `edition` (code of the instrument that the zone belongs to) and `zone_share`
(share of the parcel, 0..1, in zones of this code).
A row that names an edition displaces, on that edition's zones, the rows of the same subject that name none:
so a local plan's rulebook speaks instead of the city's, and only where the local plan lies.
"""

from collections.abc import Mapping
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
    found = [Spot(hit=None, spoken=table.spoken_at("", "", "", _everywhere), facts=question.facts)]
    for theme in table.themes:
        finding = question.findings.get(theme)
        hits = finding.hits if finding else ()
        ordered = sorted(hits, key=lambda h: (h.edition, h.code, h.feature_id))
        found.extend(_spot(table, hit, hits=hits, facts=question.facts) for hit in ordered)
    return tuple(found)


def _spot(table: Table, hit: ZoneHit, *, hits: tuple[ZoneHit, ...], facts: Mapping[str, Fact]) -> Spot:
    share = sum((Decimal(str(h.share)) for h in hits if h.code == hit.code), start=Decimal(0))
    local = {
        **facts,
        EDITION: Fact(EDITION, hit.edition, _EDITION_LABEL),
        ZONE_SHARE: Fact(ZONE_SHARE, share, _SHARE_LABEL),
    }
    return Spot(hit=hit, spoken=table.spoken_at(hit.theme, hit.code, hit.edition, _on_zone), facts=local)


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
