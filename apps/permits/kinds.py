"""What each kind of permit asks for: a table of the city package (permits.toml). A request keeps its own."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.core.exceptions import ImproperlyConfigured

from apps.cases.models import CaseTypeVersion
from apps.cases.types.definition import DocumentWanted, Field
from apps.cases.types.reading import read_document, read_field
from apps.common import clock
from apps.common.city import current_city, read_toml
from apps.common.text import NOTHING, Text, latin_digits

if TYPE_CHECKING:
    from apps.cases.models import Case

CODE = "permit"
FILE = "permits.toml"
_LISTS = ("field", "document", "warning")
_FLAGS = ("proposal", "inspection", "consent", "former")
_DIGITS = 40
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormWarning:
    """An answer that should look like `pattern` (a regular expression); one that does not is told, never refused."""

    field: str
    pattern: str
    text: Text


@dataclass(frozen=True, slots=True)
class KindNeeds:
    """What a request of one kind needs. `former`: it names a former permit; `sample`: nobody official wrote this.

    `version`: kind and digest of its table, kept on the case; '' = the city has no table, so everything is needed.
    """

    code: str
    guide: Text = NOTHING
    proposal: bool = True
    inspection: bool = True
    consent: bool = True
    former: bool = False
    fields: tuple[Field, ...] = ()
    documents: tuple[DocumentWanted, ...] = ()
    warnings: tuple[FormWarning, ...] = ()
    sample: bool = True
    version: str = ""


def needs_of(kind: str) -> KindNeeds:
    """What the city asks for now. A kind that the table does not speak of needs everything (fail closed)."""
    raw = _tables(current_city().root).get(kind)
    return KindNeeds(kind) if raw is None else _read(raw)


def offered(kind: str) -> bool:
    """Whether the city offers this kind; a city without a table offers all."""
    tables = _tables(current_city().root)
    return not tables or kind in tables


def needs_of_case(case: "Case") -> KindNeeds:
    """What a request began under; one from before there were tables is asked what its kind is asked for now."""
    if case.type_version:
        return _kept(case.type_version)
    from apps.permits.models import PermitRequest

    kind = PermitRequest.objects.filter(case=case.pk).values_list("kind", flat=True).first()
    return needs_of(kind or "")


def warnings_of(case: "Case") -> tuple[Text, ...]:
    """What the form of a request should say and does not: told to its owner and to the officer, nothing is refused."""
    said = {w: latin_digits(str(case.form.get(w.field, ""))).strip() for w in needs_of_case(case).warnings}
    return tuple(warning.text for warning, answer in said.items() if not re.fullmatch(warning.pattern, answer))


def keep(needs: KindNeeds) -> str:
    """Write the table of this kind down, once; its version, for the case that begins now."""
    if needs.version:
        CaseTypeVersion.objects.get_or_create(
            code=CODE,
            digest=needs.version,
            defaults={"definition": _tables(current_city().root)[needs.code], "recorded_at": clock.now()},
        )
    return needs.version


@lru_cache(maxsize=256)
def _kept(version: str) -> KindNeeds:
    return _read(CaseTypeVersion.objects.get(code=CODE, digest=version).definition)


def _read(raw: Raw) -> KindNeeds:
    kind = raw["kind"]
    return KindNeeds(
        code=kind["code"],
        guide=Text.of(kind["guide"]),
        **{flag: bool(kind[flag]) for flag in _FLAGS},
        fields=tuple(read_field(one) for one in raw["field"]),
        documents=tuple(read_document(one) for one in raw["document"]),
        warnings=tuple(FormWarning(w["field"], w["pattern"], Text.of(w["text"])) for w in raw.get("warning", ())),
        sample=bool(raw["sample"]),
        version=_version(raw),
    )


def _version(raw: Raw) -> str:
    digest = hashlib.sha256(orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"{raw['kind']['code']}-{digest[:_DIGITS]}"


@lru_cache(maxsize=4)
def _tables(root: Path) -> Mapping[str, Raw]:
    """The table of each kind as plain data. Raises ImproperlyConfigured that names the file and what is wrong."""
    path = root / FILE
    if not path.is_file():
        return {}
    whole = read_toml(path)
    found = {str(kind.get("code", "?")): _of_kind(kind, whole) for kind in whole.get("kind", ())}
    for code, raw in found.items():
        try:
            _read(raw)
        except (KeyError, TypeError, ValueError) as error:
            raise ImproperlyConfigured(f"{FILE}, kind “{code}”: {error!r}") from error
    return found


def _of_kind(kind: Raw, whole: Raw) -> Raw:
    mine = {name: [_plain(one) for one in whole.get(name, ()) if _for(one, kind)] for name in _LISTS}
    return {"kind": dict(kind), **mine, "sample": bool(whole.get("sample", True))}


def _for(one: Raw, kind: Raw) -> bool:
    return "kinds" not in one or kind.get("code") in one["kinds"]


def _plain(one: Raw) -> Raw:
    return {key: value for key, value in one.items() if key != "kinds"}
