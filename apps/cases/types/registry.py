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
from apps.common.city import current_city, load_city, read_toml
from apps.common.errors import NotFoundError

if TYPE_CHECKING:
    from apps.cases.models import Case

GROUPS = "service_groups"
"""The table of city.toml with the headings of the catalogue."""
_brought: dict[str, Callable[[], CaseType]] = {}
_brought_of: dict[str, Callable[["Case"], CaseType]] = {}


def bring(code: str, make: Callable[[], CaseType], *, of_case: "Callable[[Case], CaseType] | None" = None) -> None:
    """A room above brings a type whose steps are code (permits). Called in its `ready`.

    `of_case`: the definition of one case, where cases of the type do not all ask for the same.
    """
    _brought[code] = make
    if of_case is not None:
        _brought_of[code] = of_case


def is_brought(code: str) -> bool:
    """Whether the steps of this type are code of a room above."""
    return code in _brought


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
    if case.case_type in _brought_of:
        return _brought_of[case.case_type](case)
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
    return {code: _read(code, raw, root) for code, raw in _raw_of(root).items()}


def _read(code: str, raw: Mapping[str, Any], root: Path) -> CaseType:
    """The definition of one file. Raises ImproperlyConfigured with every fault of it."""
    from apps.cases.guards import known_guards
    from apps.parties.models import Role

    groups = set(load_city(root).raw.get(GROUPS, ()))
    try:
        definition = read_case_type(raw, digest=_digest(raw))
    except ValueError as error:
        raise ImproperlyConfigured(f"services/{code}.toml: {error}") from error
    wrong = faults(definition, roles=set(Role.values), guards=known_guards(), groups=groups)
    if wrong:
        raise ImproperlyConfigured(f"services/{code}.toml: {'; '.join(wrong)}")
    return definition


@lru_cache(maxsize=4)
def _raw_of(root: Path) -> Mapping[str, Mapping[str, Any]]:
    """Each file by its code. Raises ImproperlyConfigured for a file that is not named after its code, or is brought."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted((root / "services").glob("*.toml")):
        raw = read_toml(path)
        code = str(raw.get("code", "?"))
        if path.stem != code:
            raise ImproperlyConfigured(f"services/{path.name}: its code is “{code}”; name the file {code}.toml")
        if code in _brought:
            raise ImproperlyConfigured(f"services/{path.name}: “{code}” is a type of the house; choose another code")
        found[code] = raw
    _check_prefixes(found)
    return found


def _check_prefixes(raws: Mapping[str, Mapping[str, Any]]) -> None:
    """People tell services apart by the first letters of their numbers."""
    seen: dict[str, str] = {}
    for code, raw in raws.items():
        prefix = str(raw.get("prefix", ""))
        if prefix in seen:
            raise ImproperlyConfigured(f"services/{code}.toml: {seen[prefix]}.toml has the prefix “{prefix}” already")
        seen[prefix] = code


def _digest(raw: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)).hexdigest()
