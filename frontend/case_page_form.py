"""The questions of a case's type with their answers, for the form on its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.cases import forms
from apps.cases.types.definition import Field, FieldKind
from apps.common.text import Text
from frontend.case_page_reader import Look


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its answer so far, and what is wrong with it. `kind`: the widget it is asked with."""

    field: Field
    value: str
    wrong: Text | None
    kind: str

    @property
    def answer(self) -> Text:
        """The answer in words: options by name."""
        named = next((choice.name for choice in self.field.choices if choice.code == self.value), None)
        if self.field.kind is FieldKind.YES_NO and self.value in _YES_NO:
            return _YES_NO[self.value]
        return named or Text.of(self.value)


@dataclass(frozen=True, slots=True)
class CaseForm:
    """All questions that are asked, given the answers. `open`: the reader may change them now."""

    questions: tuple[Question, ...]
    open: bool


def form_of(look: Look, typed: Mapping[str, str] | None) -> CaseForm:
    """The form of the case. `typed`: what was just sent and is not kept, shown again."""
    answers: dict[str, str] = {**look.case.form, **(typed or {})}
    wrong = forms.judge(look.definition, answers).errors
    said = [f for f in look.definition.fields if forms.asked(f.when, answers)]
    questions = tuple(
        Question(f, str(answers.get(f.code, "")), wrong.get(f.code) if answers.get(f.code) else None, _WIDGETS[f.kind])
        for f in said
    )
    return CaseForm(questions=questions, open=look.may_act and look.in_hands)


_YES_NO = {"yes": Text("بله", "yes"), "no": Text("نه", "no")}
_WIDGETS = {
    FieldKind.TEXT: "text",
    FieldKind.LONG_TEXT: "long",
    FieldKind.INTEGER: "number",
    FieldKind.DECIMAL: "number",
    FieldKind.CHOICE: "choice",
    FieldKind.YES_NO: "yes_no",
    FieldKind.DAY: "text",
    FieldKind.MOBILE: "tel",
    FieldKind.NATIONAL_ID: "number",
}
