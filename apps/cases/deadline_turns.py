"""Terms follow turns: what a step of the case starts, stops and ends."""

from apps.cases import deadlines
from apps.cases.models import Case, Deadline, KartablItem
from apps.cases.types.definition import CaseType


def follow(case: Case, definition: CaseType, *, item: KartablItem | None) -> Deadline | None:
    """The case has come to its status, `item` waits for whose turn it is. The deadline that runs now, None = no term.

    Terms of other states are met; while a state stops the clock, they are paused and go on when their state is back.
    Deadlines that belong to no state (somebody was asked something) are let alone until the case is closed.
    Call it in the transaction of the step, under the case's lock.
    """
    state = definition.state(case.status)
    of_states = {s.code for s in definition.states}
    before = {deadline.code: deadline for deadline in deadlines.running(case)}
    for code, deadline in before.items():
        if state.closed or (code in of_states and code != state.code and not state.stops_clock):
            deadlines.meet(deadline)
        elif code in of_states and code != state.code:
            deadlines.pause(deadline)
    if state.closed:
        return None
    if state.code in before:
        return deadlines.resume(before[state.code], item=item)
    if state.term is None:
        return None
    term = state.term
    return deadlines.start(
        case=case, code=state.code, amount=term.amount, unit=term.unit, source=term.source, item=item
    )
