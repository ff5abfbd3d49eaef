"""The door of the room: compose an extract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, NoReturn

from apps.cadastre.parcel_code import parse
from apps.cadastre.selectors import parcel_by_code
from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import BadInputError, NotFoundError, UnavailableError
from apps.extracts import issued, kept, law_reader
from apps.extracts.canonical import sealed
from apps.extracts.compose import Case, answer
from apps.extracts.extract import Extract
from apps.extracts.ground import Ground
from apps.extracts.ground_reader import ground_of, walk_exactly
from apps.extracts.law_day import LawDay
from apps.extracts.render import document
from apps.extracts.site import Site, site_of
from gis_layers import postgis_extract, postgis_parts

DEFAULT_KIND = "NEW"
_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Written:
    """A fresh extract and whether a rule source failed while it was composed."""

    extract: Extract
    failed: bool


def compose(
    *,
    parcel: str,
    on: date | None = None,
    known_at: datetime | None = None,
    permit_kind: str = DEFAULT_KIND,
    remember: bool = True,
) -> Extract:
    """The extract of parcel `parcel` (its code) on a legal day as known at an instant.

    `remember` False: asked in passing, so nothing is kept and no permanent link is issued by it. Raises NotFoundError
    with suggestions for an unknown code, BadInputError for a code that cannot be read or a `known_at` in the future.
    """
    now = clock.now()
    if known_at is not None and known_at > now:
        raise BadInputError(
            fa="«known_at» نمی‌تواند در آینده باشد: از آینده هنوز چیزی ثبت نشده است.",
            en="`known_at` cannot lie in the future: nothing has been recorded there yet.",
        )
    day = on or clock.today()
    code = str(parse(parcel))
    if known_at is None:
        held = kept.read(code=code, law=law_reader.current(day), now=now, kind=permit_kind)
    else:
        held = issued.read(code=code, on=day, known_at=known_at, kind=permit_kind)
    if held is not None:
        return Extract(zipped=held[0], digest=held[1])
    law, row = _read(parcel=code, on=day, known_at=known_at, now=now)
    if row is None:
        _refuse_unknown(parcel, on=day, known_at=known_at or now)
    # Without an explicit instant the answer names the last thing recorded: same law, same bytes, same digest.
    moments = (law.instant, law.state_instant, row["known_from"])
    stated = known_at or max((moment for moment in moments if moment), default=now)
    site, ground = site_of(row), ground_of(row, law)
    found = _write(site, ground, law, permit_kind=permit_kind, known_at=stated)
    if not remember or not law.version or not _lasting(found, ground, law):
        return found.extract
    body, digest = found.extract.body, found.extract.digest
    if known_at is None:
        kept.keep(version_id=site.version_id, law=law, kind=permit_kind, body=body, digest=digest)
    elif issued.was_stated(known_at, law.instant, row["known_from"]):
        issued.issue(code=code, on=day, known_at=known_at, kind=permit_kind, body=body, digest=digest)
    return found.extract


def issue(*, parcel: str, on: date | None, known_at: datetime | None, permit_kind: str) -> Extract:
    """The extract as `compose`, with its permanent link followed: from now on that link answers with these bytes."""
    found = compose(parcel=parcel, on=on, known_at=known_at, permit_kind=permit_kind)
    if known_at is not None:
        return found
    document = found.data
    return compose(
        parcel=parcel,
        on=date.fromisoformat(document["on"]),
        known_at=datetime.fromisoformat(document["known_at"]),
        permit_kind=permit_kind,
    )


def _read(
    *, parcel: str, on: date, known_at: datetime | None, now: datetime
) -> tuple[LawDay, Mapping[str, Any] | None]:
    """Law and parcel that fit together, in one statement as a rule.

    An act recorded since the law was last read moves `law_head`, and may rename scopes: then read again.
    """
    law = law_reader.current(on) if known_at is None else law_reader.law_day(on=on, known_at=known_at)
    for _ in range(_TRIES):
        scopes = law.scope_periods
        row = postgis_extract.read_parcel(
            code=parcel, on=on, known_at=known_at or now, editions=law.edition_ids, scopes=scopes
        )
        if row is None or _fits(law, row, newest=known_at is None):
            return law, row
        law = law_reader.renew(on) if known_at is None else law_reader.law_day(on=on, known_at=known_at)
    raise UnavailableError(
        fa="قانون این لحظه در حال ثبت است؛ چند ثانیهٔ دیگر دوباره بخواهید.",
        en="The law is being recorded at this moment; ask again in a few seconds.",
    )


def _fits(law: LawDay, row: Mapping[str, Any], *, newest: bool) -> bool:
    if newest and (row["law_head"] or 0) != law.version:
        return False
    return bool(row["scopes_found"] == len(set(law.scope_periods)))


def _refuse_unknown(parcel: str, *, on: date, known_at: datetime) -> NoReturn:
    parcel_by_code(parcel, on=on, known_at=known_at)  # raises, with suggestions
    raise UnavailableError(
        fa="این قطعه همین حالا ثبت شد؛ دوباره بخواهید.",
        en="This parcel was recorded a moment ago; ask again.",
    )


def _lasting(written: _Written, ground: Ground, law: LawDay) -> bool:
    """Whether asking again can only give the same: all layers are in, all overlays stand and no source failed."""
    whole = not law.unread and all(e in ground.covers and ground.covers[e].complete for e in law.edition_ids)
    return whole and not written.failed


def _write(site: Site, ground: Ground, law: LawDay, *, permit_kind: str, known_at: datetime) -> _Written:
    city = current_city()
    case = Case(
        site=site,
        ground=ground,
        law=law,
        permit_kind=permit_kind,
        city_law=city.law,
        walker=partial(walk_exactly, site),
    )
    found = answer(case)
    data = document(city=city, law=law, site=site, answer=found, permit_kind=permit_kind, known_at=known_at)
    body, seal = sealed(data)
    return _Written(Extract(plain=body, digest=seal), failed=bool(found.resolution.failures))


def part(*, parcel: str, feature: int, on: date | None = None, known_at: datetime | None = None) -> str:
    """GeoJSON geometry (WGS84) of the part of the parcel that a feature holds.

    Raises NotFoundError when they do not overlap or either is unknown.
    """
    geometry = postgis_parts.part_geojson(
        code=str(parse(parcel)),
        feature_id=feature,
        on=on or clock.today(),
        known_at=known_at or clock.now(),
    )
    if geometry is None:
        raise NotFoundError(
            fa="این پهنه روی این قطعه نیست. شمارهٔ پهنه را از عصارهٔ همین قطعه بردارید.",
            en="That zone does not lie on this parcel. Take the feature number from this parcel's extract.",
        )
    return geometry
