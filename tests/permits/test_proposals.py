"""The doors of proposals: versions that stay, who may write and when, what a submission freezes, what differs today."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError
from apps.extracts.canonical import digest
from apps.parties.models import Person
from apps.permits import proposals, services
from apps.permits.models import FrozenChecks, PermitProposal
from apps.permits.proposal_checked import differing
from apps.permits.proposal_document import Origin
from apps.permits.proposal_state import proposal_state
from tests.permits.conftest import Street, kinds
from tests.permits.proposing import house, on_grid, plain_house, propose

D = Decimal


def bare(street: Street, kind: str = "NEW"):
    return street.request("A", kind=kind, proposed=False)


def test_versions_stay_and_the_same_content_is_the_same_version(street: Street) -> None:
    made = bare(street)
    first = propose(street.owner, made.case.tracking)
    again = propose(street.owner, made.case.tracking)
    assert (first.pk, first.version) == (again.pk, 1)
    second = proposals.save_proposal(
        person=street.owner, tracking=made.case.tracking, draft=replace(plain_house(), proposal=house(3)), seen=1
    )
    assert [p.version for p in PermitProposal.objects.filter(request=made)] == [1, 2]
    assert proposals.latest(made) == second
    assert proposals.draft_of(second).proposal == house(3)
    assert proposals.content_of(second)["digest"] == second.digest
    content = {k: v for k, v in proposals.content_of(second).items() if k != "digest"}
    assert digest(content) == second.digest
    assert kinds(made.case).count("proposal") == 2


@pytest.mark.parametrize("model", [PermitProposal, FrozenChecks])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_what_was_kept_is_never_rewritten(street: Street, model: type, change: str) -> None:
    street.request("A", sent=True)
    rows = model.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(digest="x") if change == "update" else rows.delete()
    assert model.objects.count() == 1


def test_another_version_meanwhile_is_said(street: Street) -> None:
    made = bare(street)
    propose(street.owner, made.case.tracking)
    changed = replace(plain_house(), proposal=house(2))
    with pytest.raises(ConflictError) as refused:
        proposals.save_proposal(person=street.owner, tracking=made.case.tracking, draft=changed, seen=0)
    assert refused.value.details["version"] == 1
    assert PermitProposal.objects.count() == 1


def test_versions_have_an_end(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = bare(street)
    propose(street.owner, made.case.tracking)
    monkeypatch.setattr(proposals, "MOST_VERSIONS", 1)
    with pytest.raises(ConflictError):
        proposals.save_proposal(
            person=street.owner, tracking=made.case.tracking, draft=replace(plain_house(), proposal=house(2))
        )


def test_who_may_write(street: Street, other_person: Person) -> None:
    made = bare(street)
    with pytest.raises(NotFoundError):
        propose(other_person, made.case.tracking)
    propose(street.owner, made.case.tracking)
    services.submit(person=street.owner, tracking=made.case.tracking)
    with pytest.raises(ForbiddenError):
        propose(street.officer, made.case.tracking)
    with pytest.raises(ConflictError):
        proposals.save_proposal(
            person=street.owner, tracking=made.case.tracking, draft=replace(plain_house(), proposal=house(1))
        )
    made.refresh_from_db()
    assert not proposals.may_write(made, street.owner)
    assert PermitProposal.objects.count() == 1


def test_a_table_that_cannot_be_true_is_refused_whole(street: Street) -> None:
    made = bare(street)
    wrong = replace(plain_house(), proposal=house(gross=300), declared={"units": D(99)})
    with pytest.raises(BadInputError) as refused:
        proposals.save_proposal(person=street.owner, tracking=made.case.tracking, draft=wrong)
    said = [p["en"] for p in refused.value.details["problems"]]
    assert len(said) == 6  # five storeys larger than their footprint, and a total
    assert "The total of number of units is given as 99" in said[-1]
    assert not PermitProposal.objects.exists()


def test_a_footprint_in_the_wrong_place_of_the_world_is_an_error(street: Street) -> None:
    made = bare(street)
    far = replace(plain_house(), footprint=on_grid((90_000, 0, 90_015, 15)))
    with pytest.raises(BadInputError, match="more than 2 km"):
        proposals.save_proposal(person=street.owner, tracking=made.case.tracking, draft=far)


def test_a_submission_freezes_proposal_and_checks_with_the_extract(street: Street) -> None:
    made = street.request("A", sent=True)
    row = FrozenChecks.objects.get(request=made)
    body = proposals.frozen_checks(made)
    assert body is not None
    assert (row.extract_digest, body["extract"], body["version"]) == (made.filed_digest, made.filed_digest, 1)
    assert body["checks"]["extract"] == made.filed_digest
    assert body["proposal"]["digest"] == PermitProposal.objects.get().digest
    assert digest({k: v for k, v in body.items() if k not in ("digest", "frozen_at")}) == body["digest"] == row.digest
    assert {c["outcome"] for c in body["checks"]["checks"]} == {"pass", "cannot_evaluate"}
    assert proposals.compare_with_today(made) == ()


def test_without_a_proposal_nothing_is_sent_in_where_one_is_needed(street: Street) -> None:
    made = bare(street)
    with pytest.raises(ConflictError, match="proposal"):
        services.submit(person=street.owner, tracking=made.case.tracking)
    made.case.refresh_from_db()
    assert made.case.status == "draft"
    assert not FrozenChecks.objects.exists()


def test_a_repair_needs_none(street: Street) -> None:
    made = bare(street, "REPAIR")
    services.submit(person=street.owner, tracking=made.case.tracking)
    body = proposals.frozen_checks(made)
    assert body is not None
    assert (body["proposal"], body["checks"]) == (None, None)
    assert proposals.compare_with_today(made) is None


def test_what_an_act_changes_is_seen_beside_the_frozen_checks(street: Street) -> None:
    """The revision gives A five storeys; what was frozen speaks of four and stays."""
    made = street.request("A", sent=True)
    street.heard("hc-1404", "promulgate")
    found = proposals.compare_with_today(made)
    assert found is not None
    storeys = next(d for d in found if d.code == "max_storeys")
    assert (storeys.then["limit"]["en"], storeys.now["limit"]["en"]) == ("4 storeys", "5 storeys")
    kept = proposals.frozen_checks(made)
    assert kept is not None
    assert next(c for c in kept["checks"]["checks"] if c["code"] == "max_storeys")["limit"]["en"] == "4 storeys"


def test_differing_names_what_only_one_side_asks() -> None:
    def check(code: str, outcome: str = "pass") -> dict[str, object]:
        return {"code": code, "label": {"fa": "", "en": code}, "outcome": outcome, "why": "", "limit": None}

    found = differing([check("a"), check("b"), check("old")], [check("a"), check("b", "fail"), check("new")])
    assert [(d.code, d.then is None, d.now is None) for d in found] == [
        ("b", False, False), ("new", True, False), ("old", False, True),
    ]  # fmt: skip


def test_the_state_for_faces(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = bare(street)
    empty = proposal_state(tracking=made.case.tracking, person=street.owner)
    assert (empty.version, empty.checks, empty.writable, empty.needed) == (0, None, True, True)
    proposals.save_proposal(
        person=street.owner, tracking=made.case.tracking,
        draft=replace(plain_house(), origin=Origin("dxf", "x.dxf", "A", "0" * 64)),
    )  # fmt: skip
    written = proposal_state(tracking=made.case.tracking, person=street.owner)
    assert written.content is not None
    assert written.content["source"]["name"] == "x.dxf"
    assert PermitProposal.objects.get().source_sha256 == "0" * 64
    assert written.footprint is not None
    assert written.footprint["type"] == "MultiPolygon"
    services.submit(person=street.owner, tracking=made.case.tracking)
    sent = proposal_state(tracking=made.case.tracking, person=street.officer)
    assert (sent.writable, sent.differs, bool(sent.frozen_digest)) == (False, (), True)

    def gone(_request: object) -> None:
        raise NotFoundError(fa="نیست", en="gone")

    monkeypatch.setattr(proposals, "today_extract", gone)
    after = proposal_state(tracking=made.case.tracking, person=street.owner)
    assert (after.gone, after.differs, after.checks is not None) == (True, None, True)


def test_a_case_that_is_no_permit_has_no_proposal(street: Street, make_parcel) -> None:
    from apps.cases.services import open_case

    parcel = make_parcel("3-9-9-9", col=90)
    case = open_case(parcel=parcel, applicant=street.owner, case_type="permit", prefix="PR")
    with pytest.raises(BadInputError):
        propose(street.owner, case.tracking)
