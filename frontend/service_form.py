"""Questions of a service as a form shows them: what was written, what is wrong with it, when it is to be answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.cases import forms
from apps.cases.types.definition import CaseType, Condition, Field, FieldKind
from apps.common.text import Text
from frontend.wording import day_to_edit

FEW = 7
"""So many options are shown as buttons; more of them are a list to choose from."""
_YES_NO = (("yes", Text("بله", "Yes")), ("no", Text("نه", "No")))
_LONGEST_SHOWN = 5000


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `value`: as it was written. `options`: (code, name), empty = to be written.

    `when`: in words, when it is to be answered; None = always. `shown`: whether it is asked, given the answers.
    """

    field: Field
    value: str
    error: Text | None
    options: tuple[tuple[str, Text], ...]
    when: Text | None
    shown: bool

    @property
    def id(self) -> str:
        """Of its element on the page."""
        return f"f-{self.field.code}"

    @property
    def few(self) -> bool:
        """Whether the options stand open."""
        return 0 < len(self.options) <= FEW

    @property
    def longest(self) -> int:
        """Characters that may be written."""
        longest = self.field.maximum if self.field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT) else None
        return longest or (4000 if self.field.kind is FieldKind.LONG_TEXT else 300)


def questions(
    definition: CaseType, written: Mapping[str, Any], errors: Mapping[str, Text] | None = None
) -> tuple[Question, ...]:
    """All questions of a service, also those that are not asked now: without scripts they say when they are."""
    names = {f.code: f for f in definition.fields}
    return tuple(_question(f, names, written, (errors or {}).get(f.code)) for f in definition.fields)


def written_of(definition: CaseType, form: Mapping[str, Any]) -> dict[str, str]:
    """Kept answers as people would write them: days in the city's calendar."""
    days = {f.code for f in definition.fields if f.kind is FieldKind.DAY}
    return {c: day_to_edit(date.fromisoformat(v)) if c in days and v else str(v) for c, v in form.items()}


def _question(field: Field, names: Mapping[str, Field], written: Mapping[str, Any], error: Text | None) -> Question:
    when = None if field.when is None else _in_words(field.when, names[field.when.field])
    value = str(written.get(field.code, ""))[:_LONGEST_SHOWN]
    return Question(field, value, error, _options(field), when, forms.asked(field.when, written))


def _options(field: Field) -> tuple[tuple[str, Text], ...]:
    if field.kind is FieldKind.YES_NO:
        return _YES_NO
    return tuple((choice.code, choice.name) for choice in field.choices)


def _in_words(when: Condition, on: Field) -> Text:
    names = dict(_options(on))
    values = [names.get(v, Text.of(v)) for v in when.values]
    return Text(
        fa=f"تنها اگر پاسخ «{on.label.fa}» این است: {' یا '.join(v.fa for v in values)}",
        en=f"Only if the answer to “{on.label.en}” is: {' or '.join(v.en for v in values)}",
    )
