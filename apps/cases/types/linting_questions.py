"""What is wrong with the questions and documents of a case type. Pure."""

import re
from collections.abc import Iterable, Iterator

from apps.cases.types.definition import CaseType, Condition, DocumentWanted, Field, FieldKind

_FAMILIES = {"pdf", "image", "drawing", "model"}
_CODE = re.compile("[a-z][a-z0-9_]{0,39}")
_BOUNDED = {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.INTEGER, FieldKind.DECIMAL}


def faults_of_questions(case_type: CaseType) -> Iterator[str]:
    """Sentences about fields and documents."""
    fields = {f.code: f for f in case_type.fields}
    yield from (f"field “{c}” stands twice" for c in _twice(f.code for f in case_type.fields))
    yield from (f"document “{c}” stands twice" for c in _twice(d.code for d in case_type.documents))
    for field in case_type.fields:
        yield from _field(field)
    yield from _out_of_order(case_type.fields)
    questions: list[Field | DocumentWanted] = [*case_type.fields, *case_type.documents]
    for question in questions:
        if not _CODE.fullmatch(question.code):
            yield f"“{question.code}” is no code: small letters, digits and _, at most 40"
        if question.when is not None:
            yield from _condition(question.code, question.when, fields)
    for document in case_type.documents:
        yield from _document(document)


def _field(field: Field) -> Iterator[str]:
    if (field.kind is FieldKind.CHOICE) != bool(field.choices):
        yield f"field “{field.code}”: a choice has choices, and nothing else has"
    yield from (f"field “{field.code}”: choice “{c}” stands twice" for c in _twice(c.code for c in field.choices))
    bounds = [bound for bound in (field.minimum, field.maximum) if bound is not None]
    if bounds and field.kind not in _BOUNDED:
        yield f"field “{field.code}”: minimum and maximum are for texts and numbers"
    if bounds != sorted(bounds):
        yield f"field “{field.code}”: the minimum is above the maximum"


def _condition(code: str, when: Condition, fields: dict[str, Field]) -> Iterator[str]:
    """A condition must be able to hold: a known field, one of its values, and no question that hangs on itself."""
    if when.field not in fields:
        yield f"“{code}” hangs on the unknown field “{when.field}”"
        return
    known = _values(fields[when.field])
    if known is not None:
        yield from (
            f"“{code}” hangs on “{when.field}” being “{v}”, which it cannot be" for v in when.values if v not in known
        )


def _out_of_order(fields: tuple[Field, ...]) -> Iterator[str]:
    """A question hangs on one above it: people and `forms.judge` read from the top."""
    above: set[str] = set()
    codes = {f.code for f in fields}
    for field in fields:
        if field.when is not None and field.when.field in codes - above:
            yield f"“{field.code}” hangs on “{field.when.field}”, which does not stand above it"
        above.add(field.code)


def _values(field: Field) -> set[str] | None:
    """All values of a field; None = too many to say."""
    if field.kind is FieldKind.CHOICE:
        return {c.code for c in field.choices}
    return {"yes", "no"} if field.kind is FieldKind.YES_NO else None


def _document(document: DocumentWanted) -> Iterator[str]:
    where = f"document “{document.code}”"
    yield from (f"{where}: unknown family “{f}”" for f in document.families if f not in _FAMILIES)
    if not document.families:
        yield f"{where}: no kind of file may be sent"


def _twice(codes: Iterable[str]) -> list[str]:
    listed = list(codes)
    return sorted({c for c in listed if listed.count(c) > 1})
