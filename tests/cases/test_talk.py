"""What is asked, answered, disputed and said; co-owners and consent; who looked; what the public may see."""

import pytest
from django.db import DatabaseError, transaction

from apps.cases import access_log, asks, kartabl, owners, owners_standing, posts
from apps.cases.asked import Asked
from apps.cases.disputing import dispute_wanted
from apps.cases.models import AccessRecord, CaseAsk, CaseMessage, CasePost
from apps.cases.public import public_state
from apps.cases.selectors import visible_case
from apps.cases.steps import take_step
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.common.text import Text
from apps.parties.models import Scope
from apps.parties.services import ensure_person, person_of_confirmed_mobile
from tests.cases.conftest import Cast, someone

pytestmark = pytest.mark.django_db
DEED = Asked("document", Text("سند", "Deed"), Text("ناخوانا", "Not readable"), code="deed", article="م ۴")


@pytest.fixture
def asked(cast: Cast) -> CaseAsk:
    cast.stands("submitted")
    return asks.ask(person=cast["officer"], tracking=cast.case.tracking, asked=DEED)


def turn(cast: Cast, item: CaseAsk, deed: str, **extra) -> CaseAsk:
    who = cast["officer"] if deed == "settle" else cast.owner
    return getattr(asks, deed)(person=who, tracking=cast.case.tracking, pk=item.pk, **extra)


def test_an_item_is_asked_disputed_upheld_answered_and_settled(cast: Cast, asked: CaseAsk) -> None:
    assert turn(cast, asked, "dispute", text="پیش‌تر داده‌ام").state == "disputed"
    assert turn(cast, asked, "settle", accepted=False, said="نسخهٔ تازه لازم است").state == "open"
    assert turn(cast, asked, "answer", text="پیوست").state == "answered"
    assert turn(cast, asked, "settle", accepted=True).state == "settled"
    assert [e.kind for e in cast.case.events.order_by("pk")] == [
        "open",
        "ask",
        "disputed",
        "settle",
        "answered",
        "settle",
    ]
    told = list(CaseMessage.objects.order_by("pk").values_list("person__mobile", "text_en"))
    assert [mobile for mobile, _ in told if mobile == cast.owner.mobile] == [cast.owner.mobile] * 2
    assert {m for m, _ in told} >= {cast["officer"].mobile, cast["colleague"].mobile}


@pytest.mark.parametrize("deed", ["answer", "dispute"])
def test_nothing_is_answered_twice_or_with_nothing(cast: Cast, asked: CaseAsk, deed: str) -> None:
    with pytest.raises(BadInputError):
        turn(cast, asked, deed, text=" ")
    turn(cast, asked, deed, text="x")
    with pytest.raises(ConflictError, match="changed"):
        turn(cast, asked, deed, text="y")
    assert CaseAsk.objects.get().answer == "x"


def test_only_the_office_asks_and_only_the_owner_answers(cast: Cast, asked: CaseAsk) -> None:
    tracking = cast.case.tracking
    with pytest.raises(ForbiddenError):
        asks.ask(person=cast.owner, tracking=tracking, asked=DEED)
    with pytest.raises(ForbiddenError):
        asks.ask(person=cast["auditor"], tracking=tracking, asked=DEED)
    with pytest.raises(NotFoundError):
        asks.ask(person=cast["other_officer"], tracking=tracking, asked=DEED)
    with pytest.raises(ForbiddenError):
        asks.answer(person=cast["officer"], tracking=tracking, pk=asked.pk, text="x")
    cast.mandate(cast["agent"], Scope.VIEW)
    with pytest.raises(ForbiddenError):
        asks.answer(person=cast["agent"], tracking=tracking, pk=asked.pk, text="x")
    with pytest.raises(NotFoundError):
        asks.settle(person=cast["officer"], tracking=tracking, pk=asked.pk + 1, accepted=True)


def test_the_conversation_is_told_to_the_other_side_and_stays(cast: Cast) -> None:
    cast.stands("submitted")
    posts.say(person=cast.owner, tracking=cast.case.tracking, text=" سلام ")
    posts.say(person=cast["officer"], tracking=cast.case.tracking, text="درود")
    assert list(CasePost.objects.values_list("side", "capacity", "text")) == [
        ("owner", "applicant", "سلام"),
        ("office", "case_officer", "درود"),
    ]
    with pytest.raises(ForbiddenError):
        posts.say(person=cast["auditor"], tracking=cast.case.tracking, text="x")
    for bad in ("", "a\x07", "x" * 4001):
        with pytest.raises(BadInputError):
            posts.say(person=cast.owner, tracking=cast.case.tracking, text=bad)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CasePost.objects.update(text="never said")


def co_owner(**change) -> owners.CoOwner:
    facts = {"name": "شریک", "mobile": "09120000031", "national_id": "0012345679", "numerator": 1, "denominator": 3}
    return owners.CoOwner(**{**facts, **change})


def test_a_co_owner_is_told_and_consents(cast: Cast) -> None:
    sharer = someone(31)
    party = owners.declare(person=cast.owner, tracking=cast.case.tracking, owner=co_owner())
    assert party.person == sharer
    assert CaseMessage.objects.get().person == sharer
    with pytest.raises(ForbiddenError):
        owners.consent(person=cast.owner, tracking=cast.case.tracking, pk=party.pk)
    with pytest.raises(NotFoundError):
        owners.consent(person=cast["stranger"], tracking=cast.case.tracking, pk=party.pk)
    given = owners.consent(person=sharer, tracking=cast.case.tracking, pk=party.pk, about="sha256:1")
    assert (given.consented_by, given.consented_to) == (sharer, "sha256:1")
    assert owners.forget_consents(cast.case, because="another proposal") == 1
    assert owners.forget_consents(cast.case, because="again") == 0
    party.refresh_from_db()
    assert party.consented_at is None


def test_a_co_owner_without_an_account_finds_the_case_when_they_sign_in(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def] # a fixture without a type
    party = owners.declare(person=cast.owner, tracking=cast.case.tracking, owner=co_owner(mobile="۰۹۱۲۰۰۰۰۰۳۲"))
    assert party.person is None
    late = ensure_person(mobile="09120000032")
    with pytest.raises(NotFoundError):
        visible_case(tracking=cast.case.tracking, person=late)
    with django_capture_on_commit_callbacks(execute=True):
        late = person_of_confirmed_mobile(mobile="09120000032")
    assert visible_case(tracking=cast.case.tracking, person=late).seen_because == "co_owner"
    late.mobile_verified = False
    assert owners_standing.bind_to(late) == 0


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"numerator": 0}, "share", id="nothing"),
        pytest.param({"numerator": 4}, "share", id="more than the whole"),
        pytest.param({"denominator": 0}, "share", id="by zero"),
        pytest.param({"national_id": "0012345678"}, "national ID", id="wrong check digit"),
        pytest.param({"name": " "}, "name", id="nobody"),
        pytest.param({"mobile": "12"}, "mobile", id="no number"),
    ],
)
def test_a_co_owner_that_cannot_be(cast: Cast, change: dict[str, object], error: str) -> None:
    with pytest.raises(BadInputError, match=error):
        owners.declare(person=cast.owner, tracking=cast.case.tracking, owner=co_owner(**change))
    assert not cast.case.parties.exists()


def test_shares_never_add_up_to_more_than_the_whole(cast: Cast) -> None:
    def add(number: int, numerator: int, national_id: str = "0084575948") -> None:
        fact = co_owner(mobile=f"0912000{number:04d}", numerator=numerator, national_id=national_id)
        owners.declare(person=cast.owner, tracking=cast.case.tracking, owner=fact)

    add(31, 2, "0012345679")
    with pytest.raises(BadInputError, match="more than the whole"):
        add(32, 2)
    add(32, 1)
    for number, national_id in ((32, "0013542419"), (33, "0084575948")):  # the same number, the same person
        with pytest.raises(ConflictError, match="already"):
            add(number, 1, national_id)


def test_owners_are_named_while_the_case_is_with_them_only(cast: Cast) -> None:
    cast.stands("submitted")
    with pytest.raises(ConflictError):
        owners.declare(person=cast.owner, tracking=cast.case.tracking, owner=co_owner())


def test_every_look_is_written_down_and_the_owner_reads_it(cast: Cast) -> None:
    cast.stands("submitted")
    case = visible_case(tracking=cast.case.tracking, person=cast["officer"])
    access_log.record(case=case, person=cast["officer"], what="view", address="10.0.0.1")
    access_log.record(case=case, person=cast["auditor"], what="download", thing="deed v1")
    log = access_log.log_of(case=visible_case(tracking=cast.case.tracking, person=cast.owner), person=cast.owner)
    assert [(r.person, r.what, r.thing) for r in log] == [
        (cast["auditor"], "download", "deed v1"),
        (cast["officer"], "view", ""),
    ]
    assert log[1].capacity == "case_officer"
    with pytest.raises(ForbiddenError):
        access_log.log_of(case=case, person=cast["officer"])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccessRecord.objects.all().delete()


def test_the_public_page_needs_number_and_code(cast: Cast) -> None:
    case = cast.stands("submitted")
    shown = public_state(tracking=f" {case.tracking.lower()}", code=case.public_code)
    assert (shown.state.code, shown.tracking, shown.service.en) == ("submitted", case.tracking, "Sample well")
    assert cast.owner.mobile not in repr(shown)
    wrong = "".join(str((int(d) + 1) % 10) for d in case.public_code)
    refused = set()
    for tracking, code in ((case.tracking, wrong), (case.tracking, ""), ("WL-2222-2222-2", case.public_code)):
        with pytest.raises(NotFoundError) as error:
            public_state(tracking=tracking, code=code)
        refused.add(error.value.message.en)
    assert len(refused) == 1


def test_a_case_is_taken_and_handed_over(cast: Cast) -> None:
    cast.case.form = {"depth": 1}
    cast.case.save()
    cast.stands("draft")
    from tests.cases.test_steps import ready

    ready(cast)
    take_step(tracking=cast.case.tracking, actor=cast.owner, verb="submit")
    tracking = cast.case.tracking
    assert [i.case for i in kartabl.office_items(cast["officer"])] == [cast.case]
    assert not kartabl.office_items(cast["other_officer"])
    assert not kartabl.office_items(cast.owner)
    assert not kartabl.office_items(cast["auditor"])
    assert kartabl.take(person=cast["officer"], tracking=tracking).assignee == cast["officer"]
    with pytest.raises(ConflictError, match="colleague"):
        kartabl.take(person=cast["colleague"], tracking=tracking)
    assert kartabl.colleagues(cast.case, cast["officer"], role="case_officer") == [cast["colleague"]]
    with pytest.raises(BadInputError, match="no role"):
        kartabl.hand_over(person=cast["officer"], tracking=tracking, to=cast["other_officer"], note="x")
    with pytest.raises(BadInputError, match="why"):
        kartabl.hand_over(person=cast["officer"], tracking=tracking, to=cast["colleague"], note=" ")
    kartabl.hand_over(person=cast["officer"], tracking=tracking, to=cast["colleague"], note="مرخصی")
    assert [i.case for i in kartabl.office_items(cast["colleague"], mine=True)] == [cast.case]
    assert not kartabl.office_items(cast["officer"], mine=True)
    assert [e.kind for e in cast.case.events.order_by("pk")][-2:] == ["taken", "handed_over"]


def test_the_worklist_is_found_by_number_name_and_code(cast: Cast) -> None:
    from tests.cases.test_steps import ready

    ready(cast)
    take_step(tracking=cast.case.tracking, actor=cast.owner, verb="submit")
    for q in (cast.case.tracking.lower(), "۳-۲-۱۴", "نمونه یک", cast.owner.mobile[-6:]):
        assert kartabl.office_items(cast["officer"], q=q).count() == 1, q
    assert not kartabl.office_items(cast["officer"], q="هیچ")
    assert not kartabl.office_items(cast["officer"], role="inspector")
    assert kartabl.office_items(cast["officer"], district=3).count() == 1
    assert not kartabl.office_items(cast["officer"], district=4)


def test_the_owners_own_list(cast: Cast) -> None:
    assert [i.state for i in kartabl.owner_items(cast.owner)] == ["draft"]
    assert not kartabl.owner_items(cast["officer"])


def test_a_document_of_the_type_is_disputed_and_the_office_has_the_word(cast: Cast) -> None:
    cast.case.form = {"depth": 1}
    cast.case.save()
    tracking = cast.case.tracking
    with pytest.raises(NotFoundError):
        dispute_wanted(person=cast.owner, tracking=tracking, code="nothing", text="x")
    with pytest.raises(BadInputError):
        dispute_wanted(person=cast.owner, tracking=tracking, code="deed", text=" ")
    made = dispute_wanted(person=cast.owner, tracking=tracking, code="deed", text="زمین وقفی است")
    with pytest.raises(ConflictError, match="already"):
        dispute_wanted(person=cast.owner, tracking=tracking, code="deed", text="باز")
    take_step(tracking=tracking, actor=cast.owner, verb="submit")
    with pytest.raises(ConflictError, match="Deed"):
        take_step(tracking=tracking, actor=cast["officer"], verb="visit")
    asks.settle(person=cast["officer"], tracking=tracking, pk=made.pk, accepted=True)
    assert take_step(tracking=tracking, actor=cast["officer"], verb="visit").status == "visit"


def test_a_dispute_that_is_refused_sends_the_owner_back_to_it(cast: Cast) -> None:
    cast.case.form = {"depth": 1}
    cast.case.save()
    tracking = cast.case.tracking
    made = dispute_wanted(person=cast.owner, tracking=tracking, code="deed", text="نیست")
    take_step(tracking=tracking, actor=cast.owner, verb="submit")
    asks.settle(person=cast["officer"], tracking=tracking, pk=made.pk, accepted=False, said="لازم است")
    take_step(tracking=tracking, actor=cast["officer"], verb="send_back", said="سند")
    with pytest.raises(ConflictError, match="Deed"):
        take_step(tracking=tracking, actor=cast.owner, verb="submit")


def test_of_a_draft_nobody_at_the_office_is_told(cast: Cast) -> None:
    sharer = someone(31)
    owners.declare(person=cast.owner, tracking=cast.case.tracking, owner=co_owner())
    CaseMessage.objects.filter(case=cast.case)
    before = CaseMessage.objects.count()
    posts.say(person=cast.owner, tracking=cast.case.tracking, text="سلام")
    assert [m.person for m in CaseMessage.objects.order_by("pk")[before:]] == [sharer]


def test_who_took_the_case_is_told_alone(cast: Cast) -> None:
    from tests.cases.test_steps import ready

    ready(cast)
    take_step(tracking=cast.case.tracking, actor=cast.owner, verb="submit")
    kartabl.take(person=cast["colleague"], tracking=cast.case.tracking)
    posts.say(person=cast.owner, tracking=cast.case.tracking, text="سلام")
    assert [m.person for m in CaseMessage.objects.all()] == [cast["colleague"]]
