"""The doors of the desk called from Python, where no form stands before them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from apps.common.errors import BadInputError, ForbiddenError
from apps.common.text import Text
from apps.desk.acts.services import draft_act
from apps.legal.acts import ActKind, Authority
from apps.legal.drafts import DraftFacts, Target
from apps.legal.drafts_documents import _stored, keep_document
from apps.legal.models import ActDocument, ActDraft, DocumentKind, Instrument
from apps.parties.models import Role
from gis_layers.models import Edition, Quarantined
from tests.desk.acts_build import PDF, Desk, city_of, officer, pk_of, said
from tests.extracts.conftest import Grid, box

DAY = date(2024, 5, 1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def facts(db: None) -> DraftFacts:
    city_of(Grid())
    document = keep_document(file=BytesIO(PDF), name="m.pdf", by=officer(None))
    target = Target(Instrument.objects.get(code="hc"))
    return DraftFacts(ActKind.SUSPEND, "1", DAY, DAY, Text("م", "B"), document, (target,))


def test_a_court_does_not_repeal_whoever_asks(facts: DraftFacts) -> None:
    order = replace(facts, kind=ActKind.REPEAL, authority=Authority.COURT)
    with pytest.raises(BadInputError, match="A court suspends"):
        draft_act(by=officer(Role.RULE_EDITOR), facts=order)
    assert not ActDraft.objects.exists()


def test_quarantined_ground_is_the_layers_too(facts: DraftFacts) -> None:
    """hc-new speaks of 0–1000; a row that was not taken in lies at 1000–1010: a place over both is fine, beyond not."""
    edition = Edition.objects.get(instrument__code="hc-new")
    facts = replace(facts, kind=ActKind.APPROVE, targets=(Target(edition.instrument),))
    place = {"reason": "invalid", "source_row": 1, "message_fa": "-", "message_en": "-"}
    Quarantined.objects.create(edition=edition, footprint=box(1000, 0, 1010, 10), **place)
    editor = officer(Role.RULE_EDITOR)
    assert draft_act(by=editor, facts=replace(facts, scope=box(990, 0, 1010, 10)))
    with pytest.raises(Exception, match="100 m² of the scope lie outside"):
        draft_act(by=editor, facts=replace(facts, scope=box(990, 0, 1020, 10)))


def test_a_tariff_and_a_layer_without_file_are_for_those_of_everything(facts: DraftFacts) -> None:
    heights = officer(Role.RULE_EDITOR, themes=["height_code"])
    for kind in ("tariff", "edition"):
        other = Instrument.objects.create(code=f"new-{kind}", kind=kind, title_fa="-", title_en="-")
        with pytest.raises(ForbiddenError, match="all themes in the whole city"):
            draft_act(by=heights, facts=replace(facts, targets=(Target(other),)))


def test_two_assignments_do_not_add_up_to_one(facts: DraftFacts) -> None:
    from apps.parties.services import ensure_assignment

    person = officer(Role.RULE_EDITOR, themes=["density"], districts=[3])
    ensure_assignment(
        person=person, role=Role.RULE_EDITOR, since=date(2000, 1, 1), themes=["height_code"], districts=[4]
    )
    with pytest.raises(ForbiddenError, match="district 3"):
        draft_act(by=person, facts=facts)


def test_the_same_file_sent_twice_at_once_is_kept_once(facts: DraftFacts) -> None:
    person, content = officer(None), PDF + b" %%EOF"
    sent = {"kind": DocumentKind.PDF, "sha256": "f" * 64, "name": "x.pdf", "by": person}
    first, second = _stored(content, **sent), _stored(content, **sent)
    assert first == second
    assert ActDocument.objects.filter(sha256="f" * 64).count() == 1
    assert first.file.read() == content


def test_half_a_pair_of_a_replacement_is_refused(facts: DraftFacts) -> None:
    desk = Desk()
    response = desk.post("replace", old_0=pk_of("hc"), instruments=None)
    assert (response.status_code, "choose both" in said(response)) == (400, True)
    assert desk.writing.get("/en/desk/acts/new/").status_code == 200
    assert desk.writing.get("/en/desk/acts/new/?kind=zz").status_code == 200


def test_a_scope_for_what_has_no_layer_is_refused_by_the_law_itself(facts: DraftFacts) -> None:
    other = Instrument.objects.create(code="empty", kind="edition", title_fa="-", title_en="-")
    targets = (Target(other),)
    with pytest.raises(Exception, match="not approved"):
        draft_act(by=officer(Role.RULE_EDITOR), facts=replace(facts, targets=targets, scope=box(0, 0, 9, 9)))
