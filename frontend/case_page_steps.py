"""The steps that a reader may take in a case: what each one leads to, what it asks for, and what stands against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.cases.hold_facts import standing_holds
from apps.cases.steps import take_step
from apps.cases.types.definition import Field, State, Turn
from apps.cases.workflow import Standing, Transition, judge, steps_from
from apps.common.errors import ConflictError
from apps.common.text import Text, persian_digits
from apps.parties.models import Person
from apps.permits.case_type import CODE as PERMIT
from apps.permits.step_data import ASKS
from apps.permits.stepping import take as take_permit_step
from frontend.case_page_reader import Look, look_at
from frontend.case_page_standing import turn_name

SUBMIT = "submit"


@dataclass(frozen=True, slots=True)
class Offered:
    """A step as a button. `refused`: what stands against it now; `held`: a hold does. `says`: what must be written;
    `asks`: questions besides.

    `sure`: it cannot be undone, so the reader is asked once more. `follows`: what happens then.
    """

    verb: str
    name: Text
    target: State
    follows: Text
    says: str
    forward: bool
    sure: bool
    refused: Text | None
    held: bool
    asks: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What came with a step. `expected`: the status the reader saw. `accepted`: digest of the answer they read.

    `data`: answers to what the step asks for besides.
    """

    reason: str = ""
    article: str = ""
    expected: str = ""
    accepted: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


def offered(look: Look) -> tuple[Offered, ...]:
    """Every step of the owner's side that is possible from here, the way on first; none for the office.

    What leads on is shown even when something is missing; another way only when it is open.
    """
    return possible(look) if look.owner_side else ()


def possible(look: Look) -> tuple[Offered, ...]:
    """Every step that is possible from here in the reader's capacities, the way on first."""
    case = look.case
    standing = Standing(status=case.status, capacities=look.held, holds=standing_holds(case))
    edges = {edge.verb: edge for edge in reversed(steps_from(look.definition.steps, standing, look.check))}
    made = [_offer(look, edge, standing) for edge in reversed(edges.values())]
    shown = [one for one in made if one.forward or one.refused is None]
    return tuple(sorted(shown, key=lambda one: not one.forward))


def take(*, person: Person, tracking: str, verb: str, said: Said) -> None:
    """Do it, once: the same press twice does nothing more. Raises as `apps.cases.steps.take_step`."""
    look = look_at(tracking=tracking, person=person)
    if said.expected and said.expected != look.case.status:
        if _is_done(look, verb, said.expected):
            return
        raise _moved_on(look.case.status)
    if look.case.case_type == PERMIT:
        data = {"accepted": said.accepted} if verb == SUBMIT else _answers(look, verb, said)
        words = {"said": said.reason, "article": said.article, "expected": said.expected}
        take_permit_step(person=person, tracking=tracking, verb=verb, data=data, **words)
        return
    take_step(
        tracking=tracking,
        actor=person,
        verb=verb,
        said=said.reason,
        article=said.article,
        expected=said.expected,
    )


def _answers(look: Look, verb: str, said: Said) -> Mapping[str, str]:
    return {one.code: said.data.get(one.code, "") for one in _questions(look, verb)}


def _offer(look: Look, edge: Transition, standing: Standing) -> Offered:
    move = judge(look.definition.steps, verb=edge.verb, standing=standing, check=look.check)
    target = look.definition.state(edge.target)
    return Offered(
        verb=edge.verb,
        name=edge.name,
        target=target,
        follows=follows(target),
        says=edge.says,
        forward=edge.forward,
        sure=target.closed,
        refused=move.refused,
        held=move.held,
        asks=_questions(look, edge.verb),
    )


def _questions(look: Look, verb: str) -> tuple[Field, ...]:
    """What a step asks for besides a text: steps of permits only."""
    return ASKS.get(verb, ()) if look.case.case_type == PERMIT else ()


def follows(target: State) -> Text:
    """What a step to this state means, in words."""
    if target.closed:
        return Text(
            f"پرونده با وضعیت «{target.name.fa}» بسته می‌شود و این پرونده برنمی‌گردد.",
            f"The case is closed as “{target.name.en}”; this case cannot be brought back.",
        )
    who, term = turn_name(target), _term(target)
    if target.turn is Turn.SYSTEM:
        return Text(f"وضعیت پرونده «{target.name.fa}» می‌شود.", f"The case becomes “{target.name.en}”.")
    return Text(
        f"وضعیت پرونده «{target.name.fa}» می‌شود و نوبت با {who.fa} است{term.fa}.",
        f"The case becomes “{target.name.en}”, and the turn goes to: {who.en}{term.en}.",
    )


def _term(target: State) -> Text:
    if target.term is None:
        return Text("", "")
    amount, working = target.term.amount, target.term.unit == "working_days"
    fa = "روز کاری" if working else "روز"
    en = ("working day" if working else "day") + ("" if amount == 1 else "s")
    return Text(f"، تا {persian_digits(amount)} {fa}", f", within {amount} {en}")


def _is_done(look: Look, verb: str, expected: str) -> bool:
    """Whether the last step of the case is this very one, by this very person: the button was pressed twice."""
    verbs = {step.verb for step in look.definition.steps}
    last = next((event for event in reversed(look.events) if event.kind in verbs), None)
    if last is None:
        return False
    return (last.kind, last.actor_id, last.data.get("from")) == (verb, look.person.pk, expected)


def _moved_on(status: str) -> ConflictError:
    return ConflictError(
        fa="این پرونده از هنگامی که صفحه را باز کردید پیش رفته است. وضعیت تازه را در همین صفحه بخوانید و دوباره تصمیم "
        "بگیرید.",
        en="This case has moved on since you opened the page. Read below how it stands now, and decide again.",
        status=status,
    )
