"""Small builders for pure tests of the extract."""

from datetime import UTC, date, datetime
from decimal import Decimal

from apps.common.text import Text
from apps.extracts.ground import Cover, Ground
from apps.extracts.law_day import EditionDay, ThemeDay
from apps.legal.answers import Candidate, Provision, Strength, ZoneHit


def edition(number: int, *, rank: int = 10, since: str = "2014-09-27", **extra) -> EditionDay:
    defaults = {
        "edition_id": number,
        "instrument": f"e{number}",
        "title": Text(f"نسخهٔ {number}", f"Edition {number}"),
        "status": "in_force",
        "act": None,
        "rank": rank,
        "effective_on": date.fromisoformat(since),
        "recorded_at": datetime(2020, 1, 1, tzinfo=UTC),
        "unplaced": 0,
        "sample": True,
    }
    return EditionDay(**{**defaults, **extra})


def theme(*editions: EditionDay, partition: bool = True, pending=(), code: str = "height_code") -> ThemeDay:
    return ThemeDay(
        code=code,
        label=Text("کد ارتفاعی", "Height code"),
        partition=partition,
        position=1,
        tolerance_m2=1.0,
        tolerance_share=0.01,
        office="planning",
        in_force=tuple(sorted(editions, key=lambda e: e.precedence)),
        pending=tuple(pending),
    )


def hit(edition_id: int, code: str, area: float, *, of: float = 100.0, theme_code: str = "height_code") -> ZoneHit:
    return ZoneHit(
        theme=theme_code,
        feature_id=edition_id * 100 + len(code),
        code=code,
        label=Text(code, code),
        attributes={},
        edition=f"e{edition_id}",
        area_m2=area,
        share=area / of,
    )


def ground(*, covers: dict[int, float | None], hits=(), area: float = 100.0, touched=(), quarantined=None) -> Ground:
    """`covers`: edition id → covered share, None = overlay not complete; `quarantined`: edition id → m²."""
    by_edition: dict[int, tuple[ZoneHit, ...]] = {}
    for one in hits:
        number = int(one.edition[1:])
        by_edition[number] = (*by_edition.get(number, ()), one)
    return Ground(
        area_m2=area,
        hits=by_edition,
        covers={k: Cover(complete=v is not None, share=v or 0.0) for k, v in covers.items()},
        touched=frozenset(touched),
        quarantined=quarantined or {},
    )


def provision(row: str = "R1", subject: str = "max_storeys") -> Provision:
    return Provision(
        row=row,
        article="8-3",
        category="ISF-08",
        subject=subject,
        effect="set",
        value="4",
        theme="",
        zone="",
        when={},
        text=Text("متن", "text"),
    )


def candidate(value, *, row: str = "R1", cap: bool = False, subject: str = "max_storeys") -> Candidate:
    return Candidate(
        subject=subject,
        value=Decimal(value) if isinstance(value, int) else value,
        strength=Strength.CAP if cap else Strength.ORDINARY,
        rulebook="book",
        provision=provision(row, subject),
        explain=Text(f"{row} می‌گوید", f"{row} says so"),
    )
