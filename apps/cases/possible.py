"""The steps a person could take on a case now, with the reason of each refusal. To show; the doors judge again."""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.models import AnonymousUser

from apps.cases.capacities import capacities
from apps.cases.guards import check_of
from apps.cases.hold_facts import standing_holds
from apps.cases.models import Case
from apps.cases.types.registry import definition_of
from apps.cases.workflow import Standing, judge, steps_from
from apps.common.text import Text
from apps.parties.models import Person


@dataclass(frozen=True, slots=True)
class Possible:
    """A step of this person's. `says`: "", "reason" or "article". `refused` None = it may be taken now."""

    verb: str
    name: Text
    target: str
    says: str
    refused: Text | None


def possible_steps(case: Case, person: "Person | AnonymousUser") -> tuple[Possible, ...]:
    """In the order of the table; () for whoever has no step here."""
    standing = Standing(status=case.status, capacities=capacities(case, person), holds=standing_holds(case))
    table, check = definition_of(case).steps, cache(check_of(case))  # each condition is asked once
    edges = {step.verb: step for step in steps_from(table, standing, check)}
    return tuple(
        Possible(
            verb=verb,
            name=step.name,
            target=step.target,
            says=step.says,
            refused=judge(table, verb=verb, standing=standing, check=check).refused,
        )
        for verb, step in edges.items()
    )
