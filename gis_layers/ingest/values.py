"""Columns of a file become the values of a feature: code, labels, attributes."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.common.errors import BadInputError
from apps.common.text import latin_digits
from gis_layers.ingest.reading import Rows
from gis_layers.ingest.reasons import Reason, Refusal, refusal

CODE_LENGTH = 80
LABEL_LENGTH = 200
_LABELS = ("label_fa", "label_en")
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Which field of the file feeds what. Fields that feed nothing become attributes under their own names."""

    code: str
    labels: Mapping[str, str]
    extras: Mapping[str, str]

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of the file that is named."""
        return (self.code, *self.labels.values(), *self.extras.values())


@dataclass(frozen=True, slots=True)
class Values:
    """What a row says besides its shape."""

    code: str
    label_fa: str
    label_en: str
    attributes: Mapping[str, Any]


def field_map(mapping: Mapping[str, str]) -> FieldMap:
    """From {'code': FIELD, 'label_fa': FIELD, …}. Raises BadInputError without a code or with an empty field."""
    if not mapping.get("code") or not all(mapping.values()):
        raise BadInputError(
            fa="در نگاشت باید دست‌کم code=ستون بیاید و هیچ ستونی خالی نباشد؛ نمونه: code=ZONE,label_fa=NAME.",
            en="The mapping needs at least code=FIELD, and no empty field; for example code=ZONE,label_fa=NAME.",
            mapping=dict(mapping),
        )
    return FieldMap(
        code=mapping["code"],
        labels={k: mapping[k] for k in _LABELS if k in mapping},
        extras={k: v for k, v in mapping.items() if k != "code" and k not in _LABELS},
    )


def parse_mapping(text: str) -> dict[str, str]:
    """From 'code=ZONE,label_fa=NAME'. Raises BadInputError for anything that is not name=FIELD."""
    pairs = [piece.split("=", 1) for piece in text.split(",") if piece.strip()]
    if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 - a name and a field
        raise BadInputError(
            fa=f"نگاشت «{text}» خوانا نیست. جفت‌های نام=ستون را با ویرگول جدا کنید: code=ZONE,label_fa=NAME.",
            en=f"The mapping “{text}” cannot be read. Separate name=FIELD pairs by commas: code=ZONE,label_fa=NAME.",
            value=text,
        )
    return {name.strip(): field.strip() for name, field in pairs}


def records(rows: Rows) -> Iterator[dict[str, Any]]:
    """Each row's columns as JSON-ready values."""
    names = list(rows.columns)
    for values in zip(*rows.columns.values(), strict=True) if names else ((),) * len(rows):
        yield {name: plain(value) for name, value in zip(names, values, strict=True)}


def values_of(record: Mapping[str, Any], fields: FieldMap) -> Values | Refusal:
    """The values of a row; refused without a code or with a value too long for its place."""
    code = latin_digits(text_of(record[fields.code]))
    if not code:
        return refusal(Reason.NO_CODE, field=fields.code)
    labels = {name: text_of(record[field]) for name, field in fields.labels.items()}
    for name, value in {"code": code, **labels}.items():
        limit = CODE_LENGTH if name == "code" else LABEL_LENGTH
        if len(value) > limit:
            return refusal(Reason.TOO_LONG, field=fields.code if name == "code" else fields.labels[name], limit=limit)
    used = {fields.code, *fields.labels.values(), *fields.extras.values()}
    attributes = {name: value for name, value in record.items() if name not in used and value is not None}
    attributes.update({name: record[field] for name, field in fields.extras.items()})
    label_fa, label_en = labels.get("label_fa") or code, labels.get("label_en") or labels.get("label_fa") or code
    return Values(code=code, label_fa=label_fa, label_en=label_en, attributes=attributes)


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it: NaN and empty become None, whole floats integers, bytes hex."""
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, str):
        return value.replace("\x00", "").strip() or None
    return value if value is None or isinstance(value, (bool, int, list, dict)) else str(value)


def text_of(value: Any) -> str:
    """A value as text: '' for None; 5 for 5.0."""
    return "" if value is None else str(value).strip()


def truth_of(value: Any) -> bool | None:
    """Yes or no as files write it: booleans, 1 and 0, words. Raises ValueError for anything else."""
    if value is None:
        return None
    word = text_of(value).lower()
    if word not in _TRUTH:
        raise ValueError(word)
    return _TRUTH[word]
