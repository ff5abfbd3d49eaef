"""The answers to a case's questions as its page shows them; they are written on the form's own page."""

from dataclasses import dataclass

from apps.cases import forms
from apps.cases.types.definition import Field, FieldKind
from apps.common.text import NOTHING, Text
from frontend.case_page_reader import Look, link
from frontend.service_form import written_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One question that is asked, and its answer in words; NOTHING = not answered yet."""

    label: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class CaseForm:
    """All questions that are asked, given the answers. `url`: where the reader may write them, "" = nowhere."""

    answers: tuple[Answer, ...]
    url: str


def form_of(look: Look) -> CaseForm:
    """The form of the case for this reader."""
    written = written_of(look.definition, look.case.form)
    said = [f for f in look.definition.fields if forms.asked(f.when, look.case.form)]
    url = link("case_answers", look.case.tracking) if look.may_act and look.in_hands else ""
    return CaseForm(tuple(Answer(f.label, _in_words(f, written.get(f.code, ""))) for f in said), url)


def _in_words(field: Field, written: str) -> Text:
    """Options by their names."""
    if field.kind is FieldKind.YES_NO:
        return _YES_NO.get(written, NOTHING)
    return next((choice.name for choice in field.choices if choice.code == written), Text.of(written))


_YES_NO = {"yes": Text("بله", "yes"), "no": Text("نه", "no")}
