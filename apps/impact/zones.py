"""The zones on one parcel of a table, and findings pretended from their signs."""

from apps.common.text import Text
from apps.extracts.law_day import ThemeDay
from apps.impact.ground_table import GroundTable
from apps.impact.signs import NOBODY, Sign, ThemeSigns
from apps.legal.answers import ThemeFinding, Unknown, WhyNot, ZoneHit

_SILENT = Text(fa="", en="")


def hits_at(at: int, table: GroundTable, signs: ThemeSigns) -> tuple[ZoneHit, ...]:
    """The zones of one theme that hold on a parcel, with their areas and shares."""
    finding = signs.findings.get(at)
    if finding is not None:
        return finding.hits
    row = int(signs.single[at])
    rows = signs.several.get(at, ()) if row == NOBODY else (row,)
    names = {e.edition_id: e.instrument for e in signs.theme.in_force} if rows else {}
    return tuple(table.hit(row, signs.theme.code, names[int(table.hits.edition[row])]) for row in rows)


def pretended(theme: ThemeDay, sign: Sign) -> ThemeFinding:
    """A finding with this sign: its outcome, codes and reasons, without areas."""
    return ThemeFinding(
        theme=theme.code,
        outcome=sign.outcome,
        hits=tuple(
            ZoneHit(theme.code, 0, code, _SILENT, {}, edition, area_m2=0.0, share=0.0) for edition, code in sign.zones
        ),
        unknowns=tuple(Unknown(WhyNot(why), _SILENT, theme.office, theme=theme.code) for why in sign.why),
    )
