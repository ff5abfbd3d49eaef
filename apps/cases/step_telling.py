"""Everybody of the owner's side hears of a step that somebody else took: what was done, where it led to, and why."""

from apps.cases.capacities import told_of
from apps.cases.events import CaseMoved
from apps.cases.models import Case, CaseEvent
from apps.cases.telling import tell
from apps.cases.types.registry import definition_of
from apps.common.events import Event
from apps.common.text import Text, isolated
from apps.parties.models import Role

_LONGEST = 500


def on_moved(event: Event) -> None:
    """Tell of a step. What the system does at the end of a term, and calls that were filed, have words of their own."""
    if not isinstance(event, CaseMoved):
        return
    moves = CaseEvent.objects.filter(case=event.case_id, kind=event.verb, data__to=event.target)
    done = moves.select_related("case").order_by("-pk").first()
    if done is None or done.actor_id is None or done.data.get("as") == Role.OPERATOR_137:
        return
    tell(done.case, [p for p in told_of(done.case) if p.pk != done.actor_id], told(done.case, done))


def told(case: Case, done: CaseEvent) -> Text:
    """What is said of a step to those who did not take it; a long reason is cut, the page has all of it."""
    definition = definition_of(case)
    step = next((s.name for s in definition.steps if s.verb == done.kind), None) or Text("گام تازه", "A step")
    now = definition.state(str(done.data["to"])).name
    said, article = str(done.data.get("said", "")), str(done.data.get("article", ""))
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    fa = f"پروندهٔ {isolated(case.tracking)}: {step.fa}. وضعیت تازه: «{now.fa}»."
    en = f"Case {case.tracking}: {step.en}. It is now “{now.en}”."
    if article:
        fa, en = f"{fa} به استناد {article}.", f"{en} By {article}."
    return Text(f"{fa} {said}".strip(), f"{en} {said}".strip())
