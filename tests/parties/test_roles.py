"""Roles reach only as far as their themes, districts and days; two accounts of one human being are one person."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from apps.common.errors import ForbiddenError
from apps.parties.models import Assignment, Person, Role
from apps.parties.roles import has_role, may, people_with, require, same_natural_person
from apps.parties.services import ensure_assignment

SINCE = date(2020, 1, 1)


def test_a_role_reaches_its_themes_and_districts_only(person: Person) -> None:
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=SINCE, themes=["height_code"], districts=[3])
    assert may(person, Role.RULE_EDITOR, themes=["height_code"], districts=[3])
    assert not may(person, Role.RULE_EDITOR, themes=["height_code", "density"], districts=[3])
    assert not may(person, Role.RULE_EDITOR, themes=["height_code"], districts=[4])
    assert not may(person, Role.RULE_APPROVER, themes=["height_code"])


def test_two_assignments_do_not_add_up_to_one(person: Person) -> None:
    """Heights in district 3 and density in district 4 are not heights in district 4."""
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=SINCE, themes=["height_code"], districts=[3])
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=SINCE, themes=["density"], districts=[4])
    assert not may(person, Role.RULE_EDITOR, themes=["height_code"], districts=[4])


def test_everywhere_holds_everything(person: Person) -> None:
    ensure_assignment(person=person, role=Role.CASE_OFFICER, since=SINCE)
    assert may(person, Role.CASE_OFFICER, themes=["anything"], districts=[1, 15])
    assert people_with(Role.CASE_OFFICER, districts=[7]) == [person]


def test_a_role_that_has_ended_or_not_begun_is_none(person: Person) -> None:
    Assignment.objects.create(person=person, role=Role.RULE_EDITOR, since=SINCE, until=date(2020, 2, 1))
    Assignment.objects.create(person=person, role=Role.RULE_APPROVER, since=date(9999, 1, 1))
    assert not has_role(person, Role.RULE_EDITOR)
    assert not has_role(person, Role.RULE_APPROVER)


def test_nobody_holds_a_role_signed_out_or_switched_off(person: Person) -> None:
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=SINCE)
    person.is_active = False
    assert not has_role(person, Role.RULE_EDITOR)
    assert not has_role(AnonymousUser(), Role.RULE_EDITOR)
    with pytest.raises(ForbiddenError, match="Rule editor"):
        require(person, Role.RULE_EDITOR, themes=["density"])


def test_ensuring_twice_makes_one(person: Person) -> None:
    for themes in (["b", "a"], ["a", "b"]):
        ensure_assignment(person=person, role=Role.RULE_EDITOR, since=SINCE, themes=themes)
    assert Assignment.objects.count() == 1


def test_the_database_refuses_an_end_before_the_beginning(person: Person) -> None:
    with pytest.raises(IntegrityError):
        Assignment.objects.create(person=person, role=Role.RULE_EDITOR, since=SINCE, until=SINCE)


def test_two_accounts_of_one_national_id_are_one_person(person: Person, other_person: Person) -> None:
    assert same_natural_person(person, person)
    assert not same_natural_person(person, other_person)
    person.national_id = other_person.national_id = "0013542419"
    assert same_natural_person(person, other_person)
