"""A service, its people and one case of it, for tests of pages: owner, co-owner, agent, viewer, officer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client

from apps.cadastre.models import Parcel
from apps.cases import asks, owners
from apps.cases.asked import Asked
from apps.cases.models import Case, CaseAsk, CaseDocument, CaseParty, DocumentVersion
from apps.cases.services import Opening, open_case
from apps.cases.steps import take_step
from apps.cases.types.reading import read_case_type
from apps.common import clock
from apps.common.text import Text
from apps.parties.models import Mandate, Person, Role, Scope
from apps.parties.services import ensure_assignment, ensure_person
from tests.frontend.html import Page
from tests.signing_in import office_client

CODE = "test_tree"


def _name(fa: str, en: str) -> dict[str, str]:
    return {"fa": fa, "en": en}


def _state(code: str, en: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": _name(f"«{en}»", en), **more}


def _step(verb: str, sources: list[str], target: str, en: str, **more: Any) -> dict[str, Any]:
    return {"verb": verb, "from": sources, "to": target, "name": _name(f"«{en}»", en), "ticket": "test", **more}


DAYS = {"amount": 5, "unit": "working_days", "source": "test rule 7"}
OFFICER = {"turn": "office", "role": "case_officer", "term": DAYS}
RAW: dict[str, Any] = {
    "code": CODE,
    "name": _name("هرس درخت", "Tree pruning"),
    "prefix": "TT",
    "place": "parcel",
    "holds_land": True,
    "consent": True,
    "field": [
        {"code": "why", "kind": "text", "label": _name("چرا", "Why it is asked")},
        {"code": "height", "kind": "integer", "required": False, "label": _name("بلندی", "Height in metres")},
    ],
    "document": [
        {"code": "deed", "name": _name("سند", "Title deed"), "guide": _name("راهنما", "Ask your notary for it"),
         "sample": _name("نمونه", "All four corners are seen")},
        {"code": "photo", "name": _name("عکس", "Photo of the tree"), "required": False},
    ],
    "state": [
        _state("draft", "Draft", turn="owner", says=_name("فرستاده نشده", "Not sent in yet.")),
        _state("submitted", "Being checked", **OFFICER),
        _state("needs_docs", "Back with you", turn="owner", stops_clock=True,
               term={"amount": 10, "unit": "days", "source": "test rule 8"}),
        _state("answer", "Answer is written", turn="office", role="district_head"),
        _state("closed", "Answered", closed=True),
        _state("cancelled", "Given up", closed=True),
        _state("rejected", "Refused", closed=True),
    ],
    "step": [
        _step("submit", ["draft"], "submitted", "Send in",
              guards=["form_complete", "documents_complete", "consents_given"]),
        _step("cancel", ["draft"], "cancelled", "Give the draft up", forward=False),
        _step("withdraw", ["submitted"], "cancelled", "Take it back", forward=False, says="reason"),
        _step("send_back", ["submitted"], "needs_docs", "Ask the owner", by=["case_officer"], says="reason"),
        _step("resubmit", ["needs_docs"], "submitted", "Send in again", guards=["asks_answered"]),
        _step("approve", ["submitted"], "answer", "Approve", by=["case_officer"]),
        _step("finish", ["answer"], "closed", "Finish", by=["district_head"]),
        _step("reject", ["submitted"], "rejected", "Reject", by=["case_officer"], says="article"),
    ],
}  # fmt: skip


@dataclass
class World:
    """Everybody before one case; `page(who)` reads it as they do."""

    owner: Person
    partner: Person
    agent: Person
    viewer: Person
    officer: Person
    case: Case

    def client(self, who: Person) -> Client:
        """A client signed in as this person; officers with their second factor."""
        if who.pk == self.officer.pk:
            return office_client(who)
        client = Client()
        client.force_login(who)
        return client

    def url(self, tail: str = "") -> str:
        return f"/en/requests/{self.case.tracking}/{tail}"

    def html(self, who: Person, query: str = "") -> str:
        response = self.client(who).get(self.url() + query)
        assert response.status_code == 200, response.status_code
        return " ".join(response.content.decode().split())

    def page(self, who: Person, query: str = "") -> Page:
        return Page(self.html(who, query))

    def post(self, who: Person, tail: str, **data: Any) -> Any:
        return self.client(who).post(self.url(tail), data)

    def step(self, who: Person, verb: str, **data: Any) -> Any:
        return self.post(who, "step/", verb=verb, **data)

    def status(self) -> str:
        self.case.refresh_from_db()
        return self.case.status

    def complete(self) -> None:
        """Everything that sending in asks for."""
        Case.objects.filter(pk=self.case.pk).update(form={"why": "It leans over the wall"})
        self.send_document("deed", "سند")
        self.case.refresh_from_db()

    def send_document(self, code: str, title: str, *, scan: str = "clean") -> CaseDocument:
        document = CaseDocument.objects.create(case=self.case, code=code, title=title, created_at=clock.now())
        number = DocumentVersion.objects.count() + 1
        DocumentVersion.objects.create(
            document=document, number=1, name="deed.pdf", stored=f"stored-{number}", sha256=f"{number:064d}", size=9,
            media_type="application/pdf", family="pdf", scan=scan, by=self.owner, capacity="applicant", at=clock.now(),
        )  # fmt: skip
        return document

    def submitted(self) -> "World":
        self.complete()
        take_step(tracking=self.case.tracking, actor=self.owner, verb="submit")
        self.case.refresh_from_db()
        return self

    def sent_back(self) -> CaseAsk:
        """Sent in, and the officer asked for one thing and sent it back."""
        self.submitted()
        made = self.ask()
        take_step(tracking=self.case.tracking, actor=self.officer, verb="send_back", said="Something is missing")
        self.case.refresh_from_db()
        return made

    def ask(self, title: str = "Plan of the garden", **more: Any) -> CaseAsk:
        asked = Asked("document", Text(title, title), Text("چون", "The tree is not seen"), article="Rule 12", **more)
        return asks.ask(person=self.officer, tracking=self.case.tracking, asked=asked)

    def declare(self, numerator: int = 2, denominator: int = 6) -> CaseParty:
        named = owners.CoOwner("شریک نمونه", self.partner.mobile, "0012345679", numerator, denominator)
        return owners.declare(person=self.owner, tracking=self.case.tracking, owner=named)

    def mandate(self, agent: Person, *scopes: Scope) -> Mandate:
        now = clock.now()
        return Mandate.objects.create(
            principal=self.owner, agent=agent, kind="attorney", scopes=[s.value for s in scopes],
            land_code=self.case.land_code, since=now, until=now + timedelta(days=30), given_at=now, basis="test",
        )  # fmt: skip


def world_on(parcel: Parcel) -> World:
    """The people and a draft of the service on this parcel."""
    people = {
        name: ensure_person(mobile=f"0912000030{n}", name_fa=fa, name_en=name.title() + " Sample", verified=True)
        for n, (name, fa) in enumerate(
            {"owner": "مالک نمونه", "partner": "شریک نمونه", "agent": "وکیل نمونه", "viewer": "بیننده نمونه",
             "officer": "کارمند نمونه"}.items()
        )
    }  # fmt: skip
    ensure_assignment(person=people["officer"], role=Role.CASE_OFFICER, since=date(2020, 1, 1))
    case = open_case(parcel=parcel, applicant=people["owner"], case_type=CODE, prefix="TT", opening=Opening())
    return World(case=case, **people)


def tree_type() -> Any:
    """The service as a definition."""
    return read_case_type(RAW)
