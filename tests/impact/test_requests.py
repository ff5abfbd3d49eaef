"""Open requests that a draft touches, each for its own kind of permit, with what its owner relies on."""

import re
from datetime import date

import pytest
from django.test import Client

from apps.common import clock
from apps.common.text import Text
from apps.impact import running, selectors, services
from apps.impact.models import ImpactReport
from apps.legal.models import Instrument
from apps.parties.models import Role
from apps.parties.services import ensure_assignment
from apps.permits.services import cancel
from tests.permits.conftest import Street


@pytest.fixture
def street(db) -> Street:
    made = Street()
    ensure_assignment(person=made.clerk, role=Role.RULE_EDITOR, since=date(2020, 1, 1))
    return made


def report_on(street: Street, **extra: object) -> ImpactReport:
    """What the revision of 1404 (H5 on parcel A) would change."""
    asked = services.request_report_for_instruments(
        instruments=[Instrument.objects.get(code="hc-1404")], on=clock.today(), person=street.clerk,
        label=Text("-", "-"), **extra,
    )  # fmt: skip
    running.perform(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "done"
    return asked


def test_the_request_on_the_touched_parcel_and_no_other(street):
    touched, _other = street.request("A"), street.request("B")
    (found,) = selectors.requests_touched(report_on(street))
    assert found.request.tracking == touched.case.tracking
    was, would_be = found.difference["subjects"]["max_storeys"]
    assert (was["value"], would_be["value"]) == (4, 5)


def test_each_for_its_own_kind_of_permit(street):
    """The report is asked for new buildings; the repair is looked at as a repair."""
    street.request("A", kind="REPAIR")
    report = report_on(street, kinds=["NEW"])
    (found,) = selectors.requests_touched(report)
    assert found.request.kind == "REPAIR"
    assert report.summary.keys() == {"NEW"}


def test_a_request_given_up_meanwhile_is_no_longer_listed(street):
    request = street.request("A")
    report = report_on(street)
    cancel(person=street.owner, tracking=request.case.tracking)
    assert selectors.requests_touched(report) == []
    assert selectors.permits_touched(report) == []


def test_the_page_names_the_request_and_no_person(street):
    request = street.request("A")
    report = report_on(street)
    client = Client()
    client.force_login(street.clerk)
    page = client.get(f"/en/desk/impact/{report.pk}/").content.decode()
    rows = re.search(r'id="requests">(.*?)</section>', page, re.DOTALL)
    assert rows
    assert request.case.tracking in rows[1]
    assert "Storeys" in rows[1]
    assert "no permit has been issued" in rows[1]
    assert "Owner" not in rows[1]
