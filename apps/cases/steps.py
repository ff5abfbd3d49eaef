"""The one door through which a case's status changes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from apps.cases.capacities import acting_as, capacities, hold_mandate, in_name_of
from apps.cases.events import CaseMoved
from apps.cases.guards import check_of
from apps.cases.hold_facts import standing_holds
from apps.cases.models import Case
from apps.cases.recording import append_history, locked_case
from apps.cases.selectors import is_about_land
from apps.cases.step_doors import Taking, prepared
from apps.cases.turns import hand_on
from apps.cases.types.registry import definition_of
from apps.cases.workflow import SYSTEM, Move, Standing, Transition, judge
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.common.events import publish
from apps.common.text import has_controls
from apps.parties.models import Person

_LONGEST = 4000
_WRITTEN_HERE = frozenset({"from", "to", "as", "for", "said", "article"})
"""What history says of every step by itself: nobody brings it along with the step's data."""


@transaction.atomic
def take_step(
    *,
    tracking: str,
    actor: Person,
    verb: str,
    table: Iterable[Transition] | None = None,
    data: Mapping[str, Any] | None = None,
    said: str = "",
    article: str = "",
    expected: str = "",
    before: Callable[[Case], None] | None = None,
) -> Case:
    """Do `verb` on a case that `actor` sees, as its transition table allows and no active hold forbids.

    `table`: None = that of the case's type. `said`, `article`: the reason of steps that need one. `expected`: the
    status that the actor saw; another one refuses, so that a form sent twice does nothing twice. `data`: what the
    step asks for besides. `before`: called under the lock for a step on; it raises to refuse. What a room that brings
    the type does with a step (`step_doors`) happens whoever calls.
    Raises NotFoundError for a case the actor does not see, ConflictError with the reason when refused, BadInputError.
    """
    case = locked_case(tracking=tracking, actor=actor)
    held = capacities(case, actor)
    hold_mandate(case, actor, held)
    if expected and expected != case.status:
        raise _moved_on(case)
    move = _judged(case, verb=verb, held=held, table=table)
    words = _words(move.step, said, article)
    if before is not None and move.forward:
        before(case)
    told = prepared(Taking(case, move, verb, actor, {**_brought(data or {}), **words}))
    return _perform(case, move, verb=verb, actor=actor, data={**told, "as": acting_as(held), **in_name_of(case, held)})


@transaction.atomic
def system_step(*, case: Case, verb: str, data: Mapping[str, Any] | None = None) -> Case:
    """A step that the system takes (a term that has passed). Raises ConflictError when the table refuses."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    move = _judged(locked, verb=verb, held=frozenset({SYSTEM}), table=None)
    return _perform(locked, move, verb=verb, actor=None, data=prepared(Taking(locked, move, verb, None, data or {})))


@transaction.atomic
def step_as(*, case: Case, actor: Person, capacity: str, verb: str) -> Case:
    """A step in a capacity that the caller has made sure of, on a case that the actor need not see afterwards.

    For whoever files on the phone. Raises ConflictError when the table or a guard refuses.
    """
    locked = Case.objects.select_for_update().get(pk=case.pk)
    move = _judged(locked, verb=verb, held=frozenset({capacity}), table=None)
    told = prepared(Taking(locked, move, verb, actor, {}))
    return _perform(locked, move, verb=verb, actor=actor, data={**told, "as": capacity})


def _brought(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in _WRITTEN_HERE}


def _judged(case: Case, *, verb: str, held: frozenset[str], table: Iterable[Transition] | None) -> Move:
    standing = Standing(status=case.status, capacities=held, holds=standing_holds(case))
    edges = definition_of(case).steps if table is None else table
    move = judge(edges, verb=verb, standing=standing, check=check_of(case))
    if move.refused is not None:
        why = {"status": case.status, "held": move.held, "guard": move.guard}
        raise ConflictError(fa=move.refused.fa, en=move.refused.en, **why)
    return move


def _perform(case: Case, move: Move, *, verb: str, actor: Person | None, data: Mapping[str, Any]) -> Case:
    source, case.status, case.moved_at = case.status, move.target, clock.now()
    _keep(case)
    append_history(case=case, actor=actor, kind=verb, data={**data, "from": source, "to": case.status})
    hand_on(case, definition_of(case), by=actor, outcome=verb)
    publish(CaseMoved(case_id=case.pk, tracking=case.tracking, verb=verb, source=source, target=case.status))
    return case


def _keep(case: Case) -> None:
    """Write the status. Of two drafts that are sent in at once for one land, the database lets one through."""
    try:
        with transaction.atomic():
            case.save(update_fields=["status", "moved_at"])
    except IntegrityError as error:
        if not is_about_land(error):
            raise
        raise ConflictError(
            fa="برای این ملک هم‌اکنون درخواست دیگری فرستاده شد و تا بسته نشود درخواست شما نمی‌رود. پیش‌نویستان مانده است.",
            en="Another request was sent in for this land just now; yours cannot go until that one is closed. Your "
            "draft is kept.",
        ) from error


def _words(step: Transition | None, said: str, article: str) -> dict[str, str]:
    """What the actor wrote. Raises BadInputError when the step needs a reason or an article and has none."""
    needs = "" if step is None else step.says
    said, article = said.strip(), article.strip()
    if needs and not said:
        raise BadInputError(
            fa="دلیل را بنویسید؛ مالک همان را می‌خواند.", en="Write the reason; the owner reads it as you write it."
        )
    if needs == "article" and not article:
        raise BadInputError(
            fa="مادهٔ قانون یا ضابطه‌ای را که رد بر آن استوار است بنویسید.",
            en="Name the article of the law or rule that the rejection rests on.",
        )
    if len(said) > _LONGEST or has_controls(said) or has_controls(article):
        raise BadInputError(
            fa=f"متن را کوتاه‌تر از {_LONGEST} نویسه و بی نویسهٔ نامرئی بنویسید.",
            en=f"Write at most {_LONGEST} characters, without invisible ones.",
        )
    return {**({"said": said} if said else {}), **({"article": article[:80]} if article else {})}


def _moved_on(case: Case) -> ConflictError:
    return ConflictError(
        fa="این پرونده از هنگامی که صفحه را باز کردید پیش رفته است. صفحه را تازه کنید و دوباره تصمیم بگیرید.",
        en="This case has moved on since you opened the page. Reload it and decide again.",
        status=case.status,
    )
