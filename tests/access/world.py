"""One permit case with all that is personal in it, one draft, and every kind of reader."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection  # noqa: TID251 - what stands is asked of the database itself
from django.test import Client

from apps.cases import asks, owners, owners_confirming, posts
from apps.cases.asked import Asked
from apps.cases.documents import Upload, add_version
from apps.cases.models import AccessRecord, Case, CaseAsk, CaseEvent, CaseParty, CasePost, DocumentVersion
from apps.common import clock
from apps.common.text import Text
from apps.parties.models import Mandate, Person, Role, Scope
from apps.parties.services import ensure_assignment, ensure_person
from apps.permits import inspection, services
from apps.permits.inspection_calendar import free_slots
from apps.permits.models import InspectionReport, InspectionVisit, PermitProposal
from apps.permits.stepping import take
from tests.browser.city import CODES
from tests.cases import files_build
from tests.permits.conftest import Street
from tests.signing_in import office_client

LAND, OTHER_LAND = "3-1-1-1", "3-1-1-2"
OWNER_SIDE = {"owner", "co_owner", "agent", "viewer"}
REACHING = {"officer", "inspector", "head", "auditor"}  # the case is or was in their worklist, or in their district
AT_OFFICE = REACHING | {"officer_elsewhere", "officer_kin", "zoning_officer", "operator_137"}
AT_DESK = {"rule_editor", "rule_approver", "auditor"}
SIGNED_OUT = {"anonymous", "switched_off"}
READERS = (
    *("anonymous", "switched_off", "stranger", "owner", "co_owner", "agent", "viewer"),
    *("agent_revoked", "agent_expired", "agent_elsewhere", "agent_of_co_owner"),
    *("officer", "officer_without_factor", "officer_elsewhere", "officer_former", "officer_kin"),
    *("inspector", "zoning_officer", "head", "auditor", "rule_editor", "rule_approver", "operator_137", "staff"),
)
_ROLES: dict[str, tuple[Role, list[int] | None]] = {
    "officer": (Role.CASE_OFFICER, [3]),
    "officer_without_factor": (Role.CASE_OFFICER, [3]),
    "officer_elsewhere": (Role.CASE_OFFICER, [4]),
    "inspector": (Role.INSPECTOR, [3]),
    "zoning_officer": (Role.ZONING_OFFICER, [3]),  # the case has not come to it yet
    "head": (Role.DISTRICT_HEAD, [3]),
    "auditor": (Role.AUDITOR, None),
    "rule_editor": (Role.RULE_EDITOR, None),
    "rule_approver": (Role.RULE_APPROVER, None),
    "operator_137": (Role.OPERATOR_137, None),
}


@dataclass
class World:
    """`people` by reader. `secrets`: what of the case nobody outside may read, by what it is."""

    case: Case
    draft: Case
    people: dict[str, Person]
    values: dict[str, str]
    secrets: dict[str, str] = field(default_factory=dict)

    def client(self, reader: str) -> Client:
        """A browser of this reader."""
        client = Client()
        if reader == "anonymous":
            return client
        person = self.people[reader]
        if (reader in _ROLES and reader != "officer_without_factor") or reader == "officer_kin":
            return office_client(person, client)
        client.force_login(person)
        if reader == "switched_off":  # while their session lives
            Person.objects.filter(pk=person.pk).update(is_active=False)
        return client

    def audience(self, name: str) -> set[str]:
        """The readers that an audience of the table means."""
        signed = set(READERS) - SIGNED_OUT
        return {
            "public": set(READERS),
            "signed": signed,
            "case": OWNER_SIDE | REACHING,
            "owner": OWNER_SIDE,
            "office": REACHING,
            "offices": AT_OFFICE,
            "desk": AT_DESK,
            "137": {"operator_137"},
            "inspectors": {"inspector"},
            "staff": {"staff"},
            "principal": {"owner"},
            "holder": {"agent"},
            "others": set(),
            "nobody": set(),
        }[name]

    def kept_from(self, reader: str) -> dict[str, str]:
        """What this reader may read nowhere."""
        if reader in OWNER_SIDE | REACHING:
            mine = reader in ("owner", "agent_elsewhere")
            return {} if mine else {"draft": self.draft.tracking}
        hidden = {**self.secrets, "draft": self.draft.tracking}
        if reader == "agent_elsewhere":  # of the same owner, on the land of the draft
            hidden.pop("draft")
        if reader.startswith("agent"):  # who gave them the mandate they know
            for known in ("owner's name", "owner's name in English"):
                hidden.pop(known)
            if reader == "agent_of_co_owner":
                hidden.pop("co-owner's name")
        if reader == "officer_kin":  # the same human being as the co-owner
            hidden.pop("co-owner's national ID")
        return hidden

    def state(self) -> tuple[Any, ...]:
        """All that a refused call might have changed."""
        with connection.cursor() as cursor:
            cursor.execute(_STATE, {"case": self.case.pk})
            return tuple(cursor.fetchone())

    def looks(self) -> list[tuple[str, str, str]]:
        """(who, what, of what) of everything written down, oldest first."""
        rows = AccessRecord.objects.filter(case=self.case).order_by("pk")
        return [(row.person.mobile, row.what, row.thing) for row in rows.select_related("person")]


_COUNTED = (Case, CaseEvent, CaseParty, CasePost, CaseAsk, DocumentVersion, Mandate, PermitProposal, InspectionReport)
# One question instead of thirteen: the walk asks it after every refused call.
_STATE = f"""
SELECT (SELECT status FROM {Case._meta.db_table} WHERE id = %(case)s),
       (SELECT count(consented_at) FROM {CaseParty._meta.db_table}),
       (SELECT count(*) FROM {CaseAsk._meta.db_table} WHERE state = 'open'),
       (SELECT count(ended_at) FROM {Mandate._meta.db_table}),
       (SELECT array_agg((id, state, day, starts)::text ORDER BY id) FROM {InspectionVisit._meta.db_table}),
       {", ".join(f"(SELECT count(*) FROM {model._meta.db_table})" for model in _COUNTED)}
"""  # noqa: S608 - no input


def built() -> World:
    """The case is with the inspector; the officer asked for one thing."""
    street = Street()
    people = dict(_people(street))
    owner, officer = people["owner"], people["officer"]
    made = street.request("A", owner=owner)
    tracking = made.case.tracking
    document = _document(owner, tracking)
    party = owners.declare(
        person=owner,
        tracking=tracking,
        owner=owners.CoOwner("شریک پوشیده", people["co_owner"].mobile, "0012345679", 2, 6),
    )
    owners.consent(person=people["co_owner"], tracking=tracking, pk=party.pk)
    services.submit(person=owner, tracking=tracking)
    owners_confirming.confirm(person=officer, tracking=tracking, pk=party.pk)
    take(person=officer, tracking=tracking, verb="confirm", expected="submitted")
    asked = Asked("answer", Text("پرسش پوشیده", "Hidden question"), Text("دلیل پوشیده", "Hidden reason"))
    ask = asks.ask(person=officer, tracking=tracking, asked=asked)
    posts.say(person=owner, tracking=tracking, text="سخن پوشیدهٔ مالک")
    posts.say(person=officer, tracking=tracking, text="سخن پوشیدهٔ کارشناس")
    draft = services.start(person=owner, parcel_code=CODES["B"], kind="REPAIR", extract_digest="").case
    mandate = _mandates(people)
    case = Case.objects.get(tracking=tracking)
    slot = free_slots(case)[0].slot
    visit = inspection.book(person=owner, tracking=tracking, day=slot.day, starts=slot.starts)
    numbers = {
        "asks": ask.pk,
        "owners": party.pk,
        "inspections": visit.pk,
        "mandates": mandate.pk,
        "document": document.document_id,
    }
    values = {**_VALUES, "tracking": tracking, **{name: str(number) for name, number in numbers.items()}}
    return World(case, draft, people, values, _secrets(case, people, document))


_VALUES = {
    "code": CODES["A"], "layer": "parcels", "service": "complaint", "key": "nokey", "z": "0", "x": "0", "y": "0",
    "content_type_id": "1", "object_id": "1", "app_label": "cases", "url": "x", "feature": "1", "edition": "1",
    "pk": "1", "run": "00000000-0000-4000-8000-000000000001", "upload": "00000000-0000-4000-8000-000000000002",
    "draft": "00000000-0000-4000-8000-000000000003", "sha256": "0" * 64, "number": "1", "token": "none",
    "wanted": "deed",
}  # fmt: skip


def _people(street: Street) -> Iterator[tuple[str, Person]]:
    for number, reader in enumerate(READERS[1:]):
        person = ensure_person(
            mobile=f"0912555{number:04d}", name_fa=f"خواننده {reader}", name_en=f"Reader {reader}", verified=True
        )
        if reader in _ROLES:
            role, districts = _ROLES[reader]
            ensure_assignment(person=person, role=role, since=date(2020, 1, 1), districts=districts)
        yield reader, person
    _named(reader_of="owner", fa="مالک پوشیده", en="Hidden Owner", national_id="0499370899")
    _named(reader_of="staff", is_staff=True)
    yield from _officers_no_more()


def _named(*, reader_of: str, fa: str = "", en: str = "", **more: Any) -> None:
    named = {"name_fa": fa, "name_en": en} if fa else {}
    Person.objects.filter(name_en=f"Reader {reader_of}").update(**named, **more)


def _officers_no_more() -> Iterator[tuple[str, Person]]:
    """One whose role ended with the last midnight, and one who is a co-owner by another account."""
    yield "owner", Person.objects.get(name_en="Hidden Owner")
    yield "staff", Person.objects.get(name_en="Reader staff")
    former = Person.objects.get(name_en="Reader officer_former")
    ensure_assignment(person=former, role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])
    former.assignments.update(until=clock.today())
    kin = Person.objects.get(name_en="Reader officer_kin")
    Person.objects.filter(pk=kin.pk).update(national_id="0012345679")
    kin.refresh_from_db()
    ensure_assignment(person=kin, role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])
    yield "officer_kin", kin


def _document(owner: Person, tracking: str) -> DocumentVersion:
    file = ContentFile(files_build.pdf(), name="sanad-makhfi.pdf")
    return add_version(
        person=owner, tracking=tracking, upload=Upload(source=file, name="sanad-makhfi.pdf"), title="سند پوشیده"
    )


def _mandates(people: dict[str, Person]) -> Mandate:
    """The agent's is given back."""
    now = clock.now()
    view, act = [Scope.VIEW.value], [Scope.VIEW.value, Scope.ACT.value]
    owner, partner, month = people["owner"], people["co_owner"], timedelta(days=30)
    for principal, agent, scopes, land, since, until, ended in (
        (owner, "agent", act, LAND, now, now + month, None),
        (owner, "viewer", view, LAND, now, now + month, None),
        (owner, "agent_revoked", act, LAND, now - month, now + month, now),
        (owner, "agent_expired", act, LAND, now - 2 * month, now, None),
        (owner, "agent_elsewhere", act, OTHER_LAND, now, now + month, None),
        (partner, "agent_of_co_owner", act, LAND, now, now + month, None),
    ):
        Mandate.objects.create(
            principal=principal, agent=people[agent], kind="attorney", scopes=scopes, land_code=land,
            since=since, until=until, given_at=since, basis="portal", ended_at=ended,
            ended_by=None if ended is None else principal, end_ground="" if ended is None else "revoked",
        )  # fmt: skip
    return Mandate.objects.get(agent=people["agent"])


def _secrets(case: Case, people: dict[str, Person], document: DocumentVersion) -> dict[str, str]:
    owner, partner = people["owner"], people["co_owner"]
    return {
        "tracking number": case.tracking,
        "owner's name": owner.name_fa,
        "owner's name in English": owner.name_en,
        "owner's mobile": owner.mobile.removeprefix("+98"),
        "owner's national ID": owner.national_id,
        "co-owner's name": "شریک پوشیده",
        "co-owner's mobile": partner.mobile.removeprefix("+98"),
        "co-owner's national ID": "0012345679",
        "name of a file": "sanad-makhfi",
        "title of a document": "سند پوشیده",
        "digest of a file": document.sha256,
        "what the owner wrote": "سخن پوشیدهٔ مالک",
        "what the officer wrote": "سخن پوشیدهٔ کارشناس",
        "what is asked": "پرسش پوشیده",
        "why it is asked": "Hidden reason",
        "an answer of the form": "8143612345",
    }
