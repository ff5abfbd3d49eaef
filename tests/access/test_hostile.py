"""Letters that turn or hide, tags, ways out, the same form twice, holds, and what the log says of officers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.cases.models import AccessRecord, CaseAsk, CaseParty
from apps.cases.steps import take_step
from apps.common.errors import ConflictError
from apps.parties.models import Person
from tests.access.world import OTHER_LAND, World
from tests.browser.city import CODES
from tests.cases import files_build

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
TURNED = "سند\u202efdp.exe"

WRITTEN = (
    ("owner", "requests/{tracking}/say/", {"text": "{}"}),
    ("owner", "requests/{tracking}/asks/{asks}/answer/", {"text": "{}"}),
    ("co_owner", "requests/{tracking}/owners/object/", {"text": "{}"}),
    ("officer", "officer/cases/{tracking}/say/", {"text": "{}"}),
    ("officer", "officer/cases/{tracking}/ask/", {"kind": "answer", "title": "{}", "reason": "{}", "article": "۱"}),
    ("officer", "officer/cases/{tracking}/ask/", {"kind": "answer", "title": "چه", "reason": "چرا", "article": "{}"}),
    ("inspector", "officer/cases/{tracking}/step/", {"verb": "reject", "said": "{}", "article": "۱"}),
    ("officer", "officer/cases/{tracking}/hold/",
     {"rank": "50", "number": "1", "dated": "2020-01-02", "body": "{}", "level": "stop", "reason": "چون"}),
    ("officer", "officer/cases/{tracking}/hold/",
     {"rank": "50", "number": "1", "dated": "2020-01-02", "body": "دادگاه", "level": "stop", "reason": "{}"}),
)  # fmt: skip
WRITTEN_IDS = [f"{who}-{path.rsplit('/', 2)[1]}-{n}" for n, (who, path, _) in enumerate(WRITTEN)]


@pytest.mark.parametrize(("reader", "path", "form"), WRITTEN, ids=WRITTEN_IDS)
def test_letters_that_turn_or_hide_are_refused(world: World, reader: str, path: str, form: dict[str, str]) -> None:
    before = world.state()
    client, url = world.client(reader), "/en/" + path.format(**world.values)
    for words in (TURNED, "نام\u2067", "بی\x07صدا"):
        answer = client.post(url, {name: text.replace("{}", words) for name, text in form.items()})
        assert answer.status_code in (400, 409), (words, answer.status_code)
    assert world.state() == before


def test_tags_are_read_as_letters(world: World) -> None:
    """Whatever one side writes, the other reads it as it was written, and nothing of it runs."""
    owner, officer = world.client("owner"), world.client("officer")
    tracking = world.case.tracking
    owner.post(f"/en/requests/{tracking}/say/", {"text": SCRIPT})
    officer.post(f"/en/officer/cases/{tracking}/ask/", {"kind": "answer", "title": SCRIPT, "reason": SCRIPT})
    CaseParty.objects.filter(case=world.case).update(name=SCRIPT)
    sent = {"title": SCRIPT, "file": SimpleUploadedFile(f"{SCRIPT}.pdf", files_build.pdf(pages=2))}
    assert owner.post(f"/en/case-files/{tracking}/", sent).status_code in (302, 409)
    assert CaseAsk.objects.filter(title_en=SCRIPT).exists()
    for client, path in (
        (owner, f"/en/requests/{tracking}/"),
        (officer, f"/en/officer/cases/{tracking}/"),
        (owner, f"/en/case-files/{tracking}/"),
        (world.client("co_owner"), f"/requests/{tracking}/"),
    ):
        shown = client.get(path).content.decode()
        assert "alert(1)" in shown, path
        assert SCRIPT not in shown, path


@pytest.mark.parametrize("away", ["//evil.example", "https://evil.example/", r"/\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away(world: World, away: str) -> None:
    client = world.client("stranger")
    answers = [
        client.get("/account/login/", {"next": away}),
        client.get("/account/login/code/", {"next": away}),
        client.post(f"/parcels/{CODES['A']}/watch/", {"next": away}),
        client.post("/notices/read/", {"next": away}),
        world.client("officer_without_factor").get("/account/second-factor/setup/", {"next": away}),
        world.client("officer").get("/account/second-factor/", {"next": away}),
    ]
    for answer in answers:
        assert "evil" not in answer.headers.get("Location", "")
        assert "javascript" not in answer.headers.get("Location", "")
        assert f'href="{away}"' not in answer.content.decode(errors="replace")


def test_a_page_with_number_and_code_in_its_address_tells_nobody_where_one_came_from(world: World) -> None:
    answer = Client().get(f"/t/{world.case.tracking}/{world.case.public_code}/")
    assert answer.status_code in (200, 302)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert world.client("owner").get(f"/requests/{world.case.tracking}/")["Referrer-Policy"] == "same-origin"


def test_the_same_form_twice(world: World) -> None:
    """Two taps, or a page that was left open: the second does nothing and says so."""
    officer, tracking = world.client("officer"), world.case.tracking
    url = f"/en/officer/cases/{tracking}/asks/{world.values['asks']}/settle/"
    assert officer.post(url, {"accepted": "yes"}).status_code == 302
    before = world.state()
    assert officer.post(url, {"accepted": "yes"}).status_code == 409
    assert world.state() == before


def test_a_step_is_refused_while_an_order_stops_the_case(world: World) -> None:
    officer = world.client("officer")
    form = {"rank": "50", "number": "1", "dated": "2020-01-02", "body": "دادگاه", "level": "stop", "reason": "چون"}
    assert officer.post(f"/en/officer/cases/{world.case.tracking}/hold/", form).status_code == 302
    with pytest.raises(ConflictError):
        take_step(tracking=world.case.tracking, actor=world.people["inspector"], verb="inspected")


def test_officers_stand_in_the_log_by_their_role(world: World) -> None:
    """The owner reads that a case officer looked, not who it was; of their own side they read the name."""
    for reader in ("officer", "agent"):
        client = world.client(reader)
        page = "officer/cases" if reader == "officer" else "requests"
        assert client.get(f"/en/{page}/{world.case.tracking}/").status_code == 200
    shown = world.client("owner").get(f"/en/requests/{world.case.tracking}/").content.decode()
    log = shown[shown.index('id="log"') :] if 'id="log"' in shown else shown
    assert "Case officer" in log
    assert world.people["officer"].name_en not in log
    assert world.people["agent"].name_en in log
    assert AccessRecord.objects.filter(case=world.case, capacity="case_officer").exists()
    assert OTHER_LAND not in log


def test_an_administrator_who_looks_stands_in_the_log_too(world: World) -> None:
    client = Client()
    client.force_login(Person.objects.create_superuser("+989125550996"))
    assert client.get(f"/admin/cases/case/{world.case.pk}/change/").status_code == 200
    record = AccessRecord.objects.filter(case=world.case).first()
    assert record is not None
    assert (record.what, record.thing, record.capacity) == ("view", "admin", "other")
