"""What people are told about a held request reaches their notices, each sentence once."""

from apps.cases.events import CaseHeld, CaseReleased
from apps.cases.models import Case
from apps.cases.telling import tell
from apps.common.clock import now
from apps.common.durable import deliver_pending
from apps.common.events import publish
from apps.common.text import Text
from apps.parties.models import Person
from tests.conftest import MakeParcel

SENTENCE = Text("درخواست شما متوقف شد.", "Your request is held.")


def case_of(person: Person, make_parcel: MakeParcel) -> Case:
    parcel = make_parcel("3-2-14-5")
    return Case.objects.create(
        tracking="AB12",
        case_type="permit",
        parcel=parcel,
        land_code=parcel.land_code,
        applicant=person,
        opened_at=now(),
    )


def test_the_applicant_and_the_officer_each_read_it_on_their_own_page(
    person: Person, other_person: Person, make_parcel: MakeParcel
) -> None:
    case = case_of(person, make_parcel)
    tell(case, [person, other_person], SENTENCE)
    publish(CaseHeld(case_id=case.pk, hold_id=1, act_id=None))
    deliver_pending()
    mine, officers = person.notices.get(), other_person.notices.get()
    assert (mine.text_fa, mine.text_en, mine.kind) == (SENTENCE.fa, SENTENCE.en, "case")
    assert mine.link == "/requests/AB12/"
    assert officers.link == "/officer/cases/AB12/"
    assert mine.due_at is not None


def test_each_sentence_is_forwarded_once_whichever_event_brings_it(person: Person, make_parcel: MakeParcel) -> None:
    case = case_of(person, make_parcel)
    tell(case, [person], SENTENCE)
    publish(CaseHeld(case_id=case.pk, hold_id=1, act_id=None))
    publish(CaseHeld(case_id=case.pk, hold_id=2, act_id=None))
    deliver_pending()
    assert person.notices.count() == 1
    tell(case, [person], Text("رفع شد.", "It is released."))
    publish(CaseReleased(case_id=case.pk, hold_id=1))
    deliver_pending()
    deliver_pending()
    assert sorted(person.notices.values_list("text_en", flat=True)) == ["It is released.", "Your request is held."]
