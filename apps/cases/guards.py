"""Conditions of steps by name. A name that nobody answers for refuses its step (see `workflow.judge`)."""

from collections.abc import Callable

from apps.cases import forms
from apps.cases.models import Case, DocumentVersion
from apps.cases.types.definition import CaseType
from apps.cases.types.registry import definition_of
from apps.common.text import Text

Guard = Callable[[Case, CaseType], Text | None]
_guards: dict[str, Guard] = {}


def guard(name: str) -> Callable[[Guard], Guard]:
    """Registers a condition under a name that case types may use."""

    def register(answer: Guard) -> Guard:
        _guards[name] = answer
        return answer

    return register


def known_guards() -> set[str]:
    """Names of all conditions."""
    return set(_guards)


def check_of(case: Case) -> Callable[[str], Text | None]:
    """What the guards say of this case. Raises KeyError for a name that nobody answers for."""
    definition = definition_of(case)
    return lambda name: _guards[name](case, definition)


@guard("form_complete")
def form_complete(case: Case, definition: CaseType) -> Text | None:
    """Every question of the form that is asked has a sound answer."""
    wrong = forms.judge(definition, case.form).errors
    names = [f.label for f in definition.fields if f.code in wrong]
    return _missing(names, fa="این پاسخ‌ها هنوز کامل نیست", en="These answers are not complete yet")


@guard("documents_complete")
def documents_complete(case: Case, definition: CaseType) -> Text | None:
    """Every required document has a version that is not infected, or the owner disputes that it is needed."""
    sound = DocumentVersion.objects.filter(document__case=case).exclude(scan="infected")
    sent = set(sound.values_list("document__code", flat=True))
    wanted = [d for d in definition.documents if d.required and forms.asked(d.when, case.form)]
    sent |= set(case.asks.filter(kind="document", state__in=("disputed", "settled")).values_list("code", flat=True))
    names = [d.name for d in wanted if d.code not in sent]
    return _missing(names, fa="این مدارک هنوز فرستاده نشده است", en="These documents are still missing")


@guard("consents_given")
def consents_given(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """Every owner on the case has consented."""
    waiting = case.parties.filter(removed_at__isnull=True, consented_at__isnull=True)
    names = [Text.of(party.name or str(party.person or party.organisation)) for party in waiting]
    return _missing(names, fa="رضایت این مالکان هنوز ثبت نشده است", en="These owners have not consented yet")


@guard("owners_confirmed")
def owners_confirmed(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """An officer has held every named owner and share against the deed."""
    waiting = case.parties.filter(removed_at__isnull=True, confirmed_by__isnull=True)
    names = [Text.of(party.name or str(party.person or party.organisation)) for party in waiting]
    return _missing(
        names,
        fa="این مالکان را با سند بسنجید و در بخش «شریکان» تأیید کنید، یا مدرک بخواهید",
        en="Hold these owners against the deed and confirm them under “Co-owners”, or ask for documents",
    )


@guard("asks_answered")
def asks_answered(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """Nothing that was asked of the owner is still open."""
    names = [Text(ask.title_fa, ask.title_en) for ask in case.asks.filter(state="open")]
    return _missing(names, fa="به این موارد هنوز پاسخ داده نشده است", en="These are not answered yet")


@guard("asks_settled")
def asks_settled(case: Case, definition: CaseType) -> Text | None:  # noqa: ARG001 - one shape for all guards
    """Nothing that was asked waits for an answer or for the office's word on it."""
    names = [Text(a.title_fa, a.title_en) for a in case.asks.filter(state__in=("open", "answered", "disputed"))]
    return _missing(names, fa="این موارد هنوز بسته نشده است", en="These are not settled yet")


def _missing(names: list[Text], *, fa: str, en: str) -> Text | None:
    if not names:
        return None
    return Text(fa=f"{fa}: {'، '.join(n.fa for n in names)}.", en=f"{en}: {', '.join(n.en for n in names)}.")
