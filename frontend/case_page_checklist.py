"""One list of everything that is asked of the owner's side: what, why, how, until when, and how it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from apps.cases import asks as asking
from apps.cases import forms
from apps.cases.disputing import SPOKEN_FOR
from apps.cases.document_list import CaseDocuments
from apps.cases.models import CaseAsk
from apps.cases.types.definition import DocumentWanted, Field
from apps.common.text import NOTHING, Text
from frontend.case_page_owners import name_of_party, why_awaited
from frontend.case_page_reader import Look, link

OPEN, WAITING, SETTLED = "open", "waiting", "settled"
_STATES = {asking.OPEN: OPEN, asking.ANSWERED: WAITING, asking.DISPUTED: WAITING}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked. `kind`: ask, document, field, consent, proposal, inspection. `key`: its place on the page.

    `state`: open, waiting (for the office's word), settled. `until`: last day of the turn, None = no term or not open.
    `optional`: it may be left out. `ask`: the row behind it when an office asked. `url`: page on which it is done.
    """

    kind: str
    key: str
    title: Text
    why: Text = NOTHING
    state: str = OPEN
    article: str = ""
    guide: Text = NOTHING
    sample: Text = NOTHING
    until: date | None = None
    optional: bool = False
    families: tuple[str, ...] = ()
    code: str = ""
    ask: CaseAsk | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items by how they stand, those that must be done before those that may."""

    open: tuple[Item, ...] = field(default_factory=tuple)
    waiting: tuple[Item, ...] = ()
    settled: tuple[Item, ...] = ()

    @property
    def needed(self) -> tuple[Item, ...]:
        """Open items that may not be left out."""
        return tuple(item for item in self.open if not item.optional)


def checklist(look: Look, *, documents: CaseDocuments, until: date | None, extra: Iterator[Item]) -> Checklist:
    """Everything asked in this case. `extra`: what the room of this case type asks for besides (a proposal)."""
    items = [*_asks(look, until), *extra]
    if look.in_hands and look.owner_side:
        items += [*_fields(look, until), *_documents(look, documents, until), *_consents(look, until)]
    ordered = sorted(items, key=lambda item: item.optional)
    return Checklist(*(tuple(i for i in ordered if i.state == state) for state in (OPEN, WAITING, SETTLED)))


def _asks(look: Look, until: date | None) -> Iterator[Item]:
    wanted = {d.code: d for d in look.definition.documents}
    for ask in look.case.asks.select_related("document"):
        state = _STATES.get(ask.state, SETTLED)
        known = wanted.get(ask.code)
        yield Item(
            kind="ask",
            key=f"ask-{ask.pk}",
            title=Text(ask.title_fa, ask.title_en or ask.title_fa),
            why=Text(ask.reason_fa, ask.reason_en or ask.reason_fa),
            state=state,
            article=ask.article,
            guide=known.guide if known else NOTHING,
            sample=known.sample if known else NOTHING,
            until=until if state == OPEN else None,
            families=known.families if known else (),
            code=known.code if known else "",
            ask=ask,
        )


def _fields(look: Look, until: date | None) -> Iterator[Item]:
    errors = forms.judge(look.definition, look.case.form).errors
    for asked in look.definition.fields:
        if asked.code in errors:
            yield _field(look, asked, errors[asked.code], until)


def _field(look: Look, asked: Field, wrong: Text, until: date | None) -> Item:
    return Item(
        kind="field",
        key=f"field-{asked.code}",
        title=asked.label,
        why=wrong,
        guide=asked.help,
        until=until,
        code=asked.code,
        url=f"{link('case_answers', look.case.tracking)}#f-{asked.code}",
    )


def _documents(look: Look, documents: CaseDocuments, until: date | None) -> Iterator[Item]:
    asked = {ask.code for ask in look.case.asks.all() if ask.state in SPOKEN_FOR and ask.code}
    infected = {d.code for d in documents.documents if d.code and not any(v.opens for v in d.versions)}
    again = [d for d in look.definition.documents if d.code in infected and forms.asked(d.when, look.case.form)]
    for wanted in (*documents.missing, *again):
        if wanted.code not in asked:
            yield _document(wanted, until, again=wanted.code in infected)


def _document(wanted: DocumentWanted, until: date | None, *, again: bool) -> Item:
    return Item(
        kind="document",
        key=f"wanted-{wanted.code}",
        title=wanted.name,
        why=_UNREADABLE if again else _LISTED if wanted.required else NOTHING,
        guide=wanted.guide,
        sample=wanted.sample,
        until=until if wanted.required else None,
        optional=not wanted.required,
        families=wanted.families,
        code=wanted.code,
    )


def _consents(look: Look, until: date | None) -> Iterator[Item]:
    for party in look.parties:
        if party.consented_at is None:
            name = name_of_party(party)
            yield Item(
                kind="consent",
                key=f"consent-{party.pk}",
                title=Text(f"رضایت {name.fa}", f"Consent of {name.en}"),
                why=why_awaited(party),
                until=until,
                optional=not look.definition.consent,
                url="#owners",
            )


def ask_of(kind: str, *, title: Text, why: Text, page: str, tracking: str, until: date | None) -> Iterator[Item]:
    """An item that is done on a page of its own, if this installation has that page."""
    url = link(page, tracking)
    if url:
        yield Item(kind=kind, key=kind, title=title, why=why, until=until, url=url)


_LISTED = Text("این خدمت بی این مدرک رسیدگی نمی‌شود.", "Without this document the service cannot be handled.")
_UNREADABLE = Text(
    "نسخه‌ای که فرستادید سالم نیست و به کسی داده نمی‌شود. نسخهٔ سالم آن را بفرستید.",
    "The version you sent is not sound and is given to nobody. Send a sound one.",
)
