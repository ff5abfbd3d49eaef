"""Acts at the desk over HTTP: an editor, an approver, a small city of layers, and the walk from form to signature."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from apps.legal.models import ActDraft, Instrument, LegalAct, ProvisionRow, Rulebook
from apps.parties.models import OutboxMessage, Person, Role
from apps.parties.national_id import is_national_id
from apps.parties.services import ensure_assignment, ensure_person
from tests.extracts.conftest import Grid, box

PDF = b"%PDF-1.4\nminutes\n%%EOF\n"
CITY = box(0, 0, 1000, 1000)
_numbers = count(1)


def national_id(serial: int) -> str:
    """A valid national ID; each serial another."""
    body = f"{100_000_000 + serial}"
    return next(f"{body}{check}" for check in range(10) if is_national_id(f"{body}{check}"))


def officer(role: Role | None, *, identity: str = "", themes=None, districts=None) -> Person:
    """A person with a confirmed mobile, a national ID of their own and a role."""
    serial = next(_numbers)
    person = ensure_person(
        mobile=f"0935{serial:07}", name_fa=f"کارمند {serial}", name_en=f"Officer {serial}",
        national_id=identity or national_id(serial), synthetic=True, verified=True,
    )  # fmt: skip
    if role is not None:
        ensure_assignment(person=person, role=role, since=date(2000, 1, 1), themes=themes, districts=districts)
    return person


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


@dataclass
class Desk:
    """Two officers and their browsers. `write` sends the form, `sign` asks for the code and signs with it."""

    editor: Person = field(default_factory=lambda: officer(Role.RULE_EDITOR))
    approver: Person = field(default_factory=lambda: officer(Role.RULE_APPROVER))

    def __post_init__(self) -> None:
        self.writing, self.signing = client_of(self.editor), client_of(self.approver)

    def post(
        self, kind: str, *codes: str, client: Client | None = None, at: str = "", **fields: object
    ) -> HttpResponse:
        """The form of a kind of act, filled in."""
        data: dict[str, object] = {
            "number": f"N-{next(_numbers)}", "act_date": "2024-05-01", "effective_on": "2024-05-01",
            "authority": "administrative", "body_fa": "مرجع", "body_en": "Body", "document": pdf(),
            "instruments": [str(pk_of(code)) for code in codes], "clause-TOTAL_FORMS": "3", "clause-INITIAL_FORMS": "0",
        }  # fmt: skip
        data |= fields
        data = {name: value for name, value in data.items() if value is not None}
        return (client or self.writing).post(at or f"/en/desk/acts/new/?kind={kind}", data)

    def write(self, kind: str, *codes: str, **fields: object) -> ActDraft:
        """A draft, written over HTTP."""
        response = self.post(kind, *codes, **fields)
        assert response.status_code == 302, said(response)
        return ActDraft.objects.get(pk=int(response["Location"].rstrip("/").rsplit("/", 1)[-1]))

    def sign(self, draft: ActDraft, client: Client | None = None) -> HttpResponse:
        """The second signature with the code from the outbox."""
        signing = client or self.signing
        seal = seal_on(signing, draft)
        ask = signing.post(f"/en/desk/acts/{draft.pk}/code/", {"seal": seal})
        assert ask.status_code == 302, said(ask)
        return signing.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": last_code()})

    def enact(self, kind: str, *codes: str, **fields: object) -> list[LegalAct]:
        """Written by one, signed by another; each by another approver, whose phone rings twice a minute at most."""
        draft = self.write(kind, *codes, **fields)
        response = self.sign(draft, client_of(officer(Role.RULE_APPROVER)))
        assert response.status_code == 302, said(response)
        return [target.act for target in draft.targets.select_related("act")]


def pdf(content: bytes = PDF, name: str = "minutes.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def pk_of(code: str) -> int:
    return Instrument.objects.get(code=code).pk


def seal_on(client: Client, draft: ActDraft) -> str:
    """The seal that the page of the draft carries."""
    page = client.get(f"/en/desk/acts/{draft.pk}/").content.decode()
    found = re.search(r'name="seal" value="([0-9a-f]{64})"', page)
    assert found is not None, page
    return found.group(1)


def last_code() -> str:
    found = re.search(r"\b(\d{6})\b", OutboxMessage.objects.latest("pk").body_en)
    assert found is not None
    return found.group(1)


def said(response: HttpResponse) -> str:
    """What the page says in alerts."""
    text = response.content.decode()
    alerts = re.findall(r'role="alert">(.*?)</div>|class="field-error"[^>]*>(.*?)</p>', text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(parts)) for parts in alerts) or text[-2000:]


def city_of(grid: Grid) -> Grid:
    """Heights of the whole grid (hc, in force) and a revision (hc-new, with no act); one parcel; overlays done."""
    theme = grid.theme("height_code")
    grid.edition(theme, "hc", {"H3": CITY}, coverage=CITY)
    grid.edition(theme, "hc-new", {"H5": CITY}, coverage=CITY)
    grid.parcel("3-1-1-1-0-0-0", box(0, 0, 20, 20))
    grid.parcel("3-1-1-2-0-0-0", box(100, 0, 120, 20))
    grid.overlay()
    grid.in_force("hc", "2014-09-27")
    return grid


def rulebook(code: str, *, themes: list[str]) -> Instrument:
    """A rulebook with one row for each of the themes; '' = a row that names none."""
    made = Instrument.objects.create(code=code, kind="rulebook", title_fa=code, title_en=code)
    book = Rulebook.objects.create(instrument=made, code=code, source="detailed_plan", checksum="-")
    for place, theme in enumerate(themes):
        ProvisionRow.objects.create(
            rulebook=book, position=place, row=f"r{place}", article="1", category="X", effect="set", theme=theme,
            text_fa="متن", text_en="text",
        )  # fmt: skip
    return made
