"""Kinds of permits: what each asks for, and what the law says of a kind that it does not name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.cases.forms import judge
from apps.cases.models import CaseTypeVersion
from apps.cases.types.registry import definition_of
from apps.common.city import load_city
from apps.common.errors import ConflictError
from apps.extracts.facts import kind_in_law
from apps.extracts.services import compose
from apps.permits import kinds, services
from apps.permits.case_type import permit_type_of
from apps.permits.models import PermitKind
from apps.permits.proposal_kinds import needs_proposal
from apps.permits.selectors import permit_kinds
from tests.browser.city import CODES
from tests.permits.conftest import Street
from tests.permits.filling import ANSWERS, fill

FORMER = {"AMENDMENT", "RENEWAL", "TIME_EXTENSION", "DUPLICATE"}
NAMED = {"NEW", "DEMOLISH_REBUILD", "EXTENSION", "ADDED_STOREY", "REPAIR"}
CITIES = Path(__file__).resolve().parents[2] / "cities"


def test_all_nine_kinds_are_offered_with_names() -> None:
    assert {kind.code for kind in permit_kinds()} == set(PermitKind.values) == FORMER | NAMED
    for kind in permit_kinds():
        assert kind.label.fa
        assert kind.label.en


@pytest.mark.parametrize("kind", PermitKind.values)
def test_what_a_kind_asks_for(kind: str) -> None:
    needs = kinds.needs_of(kind)
    assert needs.sample
    assert needs.former is (kind in FORMER)
    assert needs.proposal is needs_proposal(kind)
    codes = {field.code for field in needs.fields}
    assert ("former_number" in codes) is ("former_day" in codes) is needs.former
    assert {"deed", "identity", "renovation_bill"} <= {d.code for d in needs.documents if d.required}
    assert all(d.guide.fa and d.guide.en for d in needs.documents)
    postal = next(field for field in needs.fields if field.code == "postal_code")
    assert not postal.required


@pytest.mark.parametrize("city", sorted(p.name for p in CITIES.iterdir() if (p / "city.toml").is_file()))
def test_every_city_package_has_a_sound_table(city: str) -> None:
    kinds._tables.cache_clear()
    tables = kinds._tables(load_city(CITIES / city).root)
    assert set(tables) <= set(PermitKind.values)
    assert tables


def test_a_table_that_cannot_be_read_names_the_kind(tmp_path: Path) -> None:
    (tmp_path / "permits.toml").write_text('[[kind]]\ncode = "NEW"\nproposal = true\n', encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"permits\.toml, kind “NEW”"):
        kinds._tables(tmp_path)


def test_a_city_without_a_table_needs_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_tables", lambda _root: {})
    needs = kinds.needs_of("REPAIR")
    assert needs.proposal
    assert needs.inspection
    assert needs.consent
    assert kinds.offered("REPAIR")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "told"), [("", 1), ("12345", 1), ("8143612345", 0), ("۸۱۴۳۶۱۲۳۴۵", 0), ("0143612345", 1)]
)
def test_the_postal_code_is_a_warning_and_refuses_nobody(street: Street, code: str, told: int) -> None:
    made = street.request("A")
    fill(street.owner, made.case.tracking, postal_code=code)
    made.case.refresh_from_db()
    assert len(kinds.warnings_of(made.case)) == told
    assert services.submit(person=street.owner, tracking=made.case.tracking).case.status == "submitted"


@pytest.mark.django_db
def test_a_kind_that_is_not_in_the_table_is_not_offered(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_tables", lambda _root: {"NEW": {}})
    with pytest.raises(ConflictError):
        services.start(person=street.owner, parcel_code=CODES["A"], kind="REPAIR", extract_digest="")
    assert [kind.code for kind in permit_kinds()] == ["NEW"]


@pytest.mark.django_db
def test_a_request_keeps_what_it_began_under(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = street.request("A", kind="RENEWAL")
    before = definition_of(made.case)
    assert judge(before, ANSWERS).errors == {}
    assert set(judge(before, {}).errors) == {"registry_plate", "former_number", "former_day"}
    row = CaseTypeVersion.objects.get(code="permit", digest=made.case.type_version)
    assert row.definition["kind"]["code"] == "RENEWAL"
    monkeypatch.setattr(kinds, "_tables", lambda _root: {})
    assert permit_type_of(made.case) == before
    made.case.type_version = ""  # from before there were tables: asked what its kind is asked for now
    assert definition_of(made.case).documents == ()


def test_the_kind_as_rules_may_ask_for_it() -> None:
    assert kind_in_law("AMENDMENT", {}) == "AMENDMENT"  # no rule tells kinds apart: nothing hangs on it


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(FORMER))
def test_a_kind_that_no_rule_names_is_never_free_of_limits(street: Street, kind: str) -> None:
    """D lies in the first-degree buffer: 5 m for NEW. For a kind that no row names the height is not known there.

    Elsewhere, where no row asks for the kind, it is limited like everybody, and has every duty of the named kinds.
    """
    named, unnamed = (compose(parcel=CODES["D"], permit_kind=k).data for k in ("NEW", kind))
    limits = {s["code"]: s for s in unnamed["subjects"]}
    assert {s["code"] for s in named["subjects"] if s["outcome"] == "value"} <= set(limits)
    assert (limits["max_height"]["outcome"], limits["max_storeys"]["outcome"]) == ("not_known", "not_known")
    assert not unnamed["complete"]
    plain, other = (compose(parcel=CODES["A"], permit_kind=k).data for k in ("NEW", kind))
    values = {s["code"]: s["value"] for s in plain["subjects"]}
    assert {s["code"]: s["value"] for s in other["subjects"]} == values
    assert {d["code"] for d in plain["duties"]} <= {d["code"] for d in other["duties"]}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(NAMED))
def test_named_kinds_are_known_to_the_law(street: Street, kind: str) -> None:
    document = compose(parcel=CODES["A"], permit_kind=kind).data
    fact = next(f for f in document["facts"] if f["name"] == "permit_kind")
    assert fact["value"] == kind
