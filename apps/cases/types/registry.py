"""The case types of this city: of its package, and of rooms that bring their own. A case keeps its definition."""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.core.exceptions import ImproperlyConfigured

from apps.cases.types.definition import CaseType
from apps.cases.types.linting import faults
from apps.cases.types.reading import read_case_type
from apps.common import clock
from apps.common.city import current_city, read_toml
from apps.common.errors import NotFoundError

if TYPE_CHECKING:
    from apps.cases.models import Case

_brought: dict[str, Callable[[], CaseType]] = {}


def bring(code: str, make: Callable[[], CaseType]) -> None:
    """A room above brings a type whose steps are code (permits). Called in its `ready`."""
    _brought[code] = make


def case_types() -> Mapping[str, CaseType]:
    """Every type of this city by its code, the city's own first. Raises ImproperlyConfigured for unsound data."""
    return {**_of_city(current_city().root), **{code: make() for code, make in _brought.items()}}


def case_type(code: str) -> CaseType:
    """The type as it is defined now. Raises NotFoundError that lists what there is."""
    found = case_types()
    if code not in found:
        raise NotFoundError(
            fa=f"خدمتی با نام «{code}» در این شهر نیست. خدمت‌ها: {'، '.join(sorted(found))}.",
            en=f"There is no service “{code}” in this city. There are: {', '.join(sorted(found))}.",
            services=sorted(found),
        )
    return found[code]


def definition_of(case: "Case") -> CaseType:
    """The definition a case began under; for a type that a room brings, the room's own of now."""
    if case.case_type in _brought:
        return _brought[case.case_type]()
    return _kept(case.case_type, case.type_version)


def keep(definition: CaseType) -> None:
    """Write the definition down, once: cases that begin now will be read with it."""
    from apps.cases.models import CaseTypeVersion

    if definition.digest:
        raw = _raw_of(current_city().root)[definition.code]
        CaseTypeVersion.objects.get_or_create(
            code=definition.code,
            digest=definition.digest,
            defaults={"definition": raw, "recorded_at": clock.now()},
        )


@lru_cache(maxsize=256)
def _kept(code: str, digest: str) -> CaseType:
    from apps.cases.models import CaseTypeVersion

    row = CaseTypeVersion.objects.get(code=code, digest=digest)
    return read_case_type(row.definition, digest=digest)


@lru_cache(maxsize=4)
def _of_city(root: Path) -> Mapping[str, CaseType]:
    from apps.cases.guards import known_guards
    from apps.parties.models import Role

    found = {}
    for code, raw in _raw_of(root).items():
        try:
            definition = read_case_type(raw, digest=_digest(raw))
        except ValueError as error:
            raise ImproperlyConfigured(str(error)) from error
        wrong = faults(definition, roles=set(Role.values), guards=known_guards())
        if wrong:
            raise ImproperlyConfigured(f"services/{code}.toml: {'; '.join(wrong)}")
        found[code] = definition
    return found


@lru_cache(maxsize=4)
def _raw_of(root: Path) -> Mapping[str, Mapping[str, Any]]:
    raws = [read_toml(path) for path in sorted((root / "services").glob("*.toml"))]
    return {str(raw.get("code", "?")): raw for raw in raws}


def _digest(raw: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)).hexdigest()
