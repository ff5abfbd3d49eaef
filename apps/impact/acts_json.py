"""Acts to rehearse as JSON, so that a worker can take them up later. Ids name rows that are never deleted."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import orjson
from django.contrib.gis.geos import GEOSGeometry

from apps.common.errors import ConflictError
from apps.legal.acts import Authority
from apps.legal.models import Instrument, LegalAct
from apps.legal.transition import clause_of
from apps.parties.models import Person

_TEXTS = ("number", "body_fa", "body_en", "document", "reason_fa", "reason_en")
_DAYS = ("act_date", "effective_on")


def acts_json(acts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Arguments of `record_act` (the second person apart) as JSON."""
    return [_written(act) for act in acts]


def acts_of(raw: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The arguments again. Raises ConflictError when an instrument is gone."""
    return [_read(act) for act in raw]


def fingerprint(raw: Sequence[Mapping[str, Any]], *, on: date, kinds: Sequence[str]) -> str:
    """SHA-256 of what would be compared: acts without who wrote them, day and permit kinds."""
    bare = [{name: value for name, value in act.items() if name != "recorded_by"} for act in raw]
    asked = orjson.dumps([bare, on.isoformat(), sorted(kinds)], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(asked).hexdigest()


def _written(act: Mapping[str, Any]) -> dict[str, Any]:
    scope, lifts, replaced_by = act.get("scope"), act.get("lifts"), act.get("replaced_by")
    return {
        "instrument": act["instrument"].code,
        "kind": str(act["kind"]),
        **{name: act.get(name, "") for name in _TEXTS},
        **{name: act[name].isoformat() for name in _DAYS},
        "scope": None if scope is None else scope.hexewkb.decode(),
        "lifts": None if lifts is None else lifts.pk,
        "replaced_by": None if replaced_by is None else replaced_by.code,
        "authority": str(act.get("authority", Authority.ADMINISTRATIVE)),
        "transition": [clause.as_json() for clause in act.get("transition", ())],
        "recorded_by": act["recorded_by"].pk,
    }


def _read(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "instrument": _instrument(raw["instrument"]),
        "kind": raw["kind"],
        **{name: raw[name] for name in _TEXTS},
        **{name: date.fromisoformat(raw[name]) for name in _DAYS},
        "scope": None if raw["scope"] is None else GEOSGeometry(raw["scope"]),
        "lifts": None if raw["lifts"] is None else LegalAct.objects.get(pk=raw["lifts"]),
        "replaced_by": None if raw["replaced_by"] is None else _instrument(raw["replaced_by"]),
        "authority": raw["authority"],
        "transition": [clause_of(clause) for clause in raw["transition"]],
        "recorded_by": Person.objects.get(pk=raw["recorded_by"]),
    }


def _instrument(code: str) -> Instrument:
    found = Instrument.objects.filter(code=code).first()
    if found is None:
        raise ConflictError(
            fa=f"سند «{code}» دیگر نیست. گزارش را از نو، برای سندی که هست، بخواهید.",
            en=f"The instrument “{code}” is no longer there. Ask for a report on one that is.",
            code=code,
        )
    return found
