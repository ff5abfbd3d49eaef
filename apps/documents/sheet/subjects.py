"""Subjects as rules of a sheet: value, reason, every candidate, parts, what would change it."""

from apps.documents.pen import Pen
from apps.documents.sheet import phrases
from apps.documents.sheet.phrases import Json
from apps.documents.sheet.records import Offer, Row, Rule


def rule(pen: Pen, subject: Json) -> Rule:
    """One subject in words."""
    label = pen.say(subject["label"])
    return Rule(
        label=label,
        headline=subject["headline"],
        state=subject["outcome"],
        value=_value(pen, subject),
        reason=_reason(pen, subject),
        source=next((phrases.source(pen, c) for c in subject["candidates"] if c["won"]), ""),
        gaps=phrases.gaps(pen, label, subject["unknown"]),
        offers=tuple(_offer(pen, c, subject) for c in subject["candidates"]),
        policy=_policy(pen, subject) if subject["parts"] else "",
        parts=tuple(_part(pen, p, subject["unit"]) for p in subject["parts"]),
        would_change=tuple(_would_change(pen, w) for w in subject["would_change"]),
    )


def _value(pen: Pen, subject: Json) -> str:
    if subject["outcome"] == "none":
        return pen.word("none")
    if subject["outcome"] == "value":
        return pen.value(subject["value"], subject["unit"]) or pen.word("nothing")
    if subject["bound"] is None:
        return pen.word("not_known")
    key = {"max": "at_most", "min": "at_least"}.get(subject["direction"], "bound_set")
    bound = pen.word(key).format(value=pen.value(subject["bound"], subject["unit"]))
    return f"{pen.word('not_known')} ({bound})"


def _reason(pen: Pen, subject: Json) -> str:
    if subject["direction"] == "schedule" and subject["outcome"] == "value":
        return " ".join(pen.say(c["explain"]) for c in subject["candidates"] if c["won"])
    return pen.say(subject["reason"])


def _offer(pen: Pen, candidate: Json, subject: Json) -> Offer:
    return Offer(
        value=pen.value(candidate["value"], subject["unit"]),
        won=candidate["won"],
        cap=candidate["strength"] == "cap",
        verdict=pen.say(candidate["why"]),
        explain=pen.say(candidate["explain"]),
        quote=pen.say(candidate["text"]),
        changes=tuple(
            pen.word("also").format(article=pen.code(a["article"]), text=pen.say(a["text"])) for a in candidate["also"]
        ),
        source=phrases.source(pen, candidate),
        zone=phrases.zone(pen, candidate["zone"]) if candidate["zone"] else "",
    )


def _policy(pen: Pen, subject: Json) -> str:
    policy = subject["policy"]
    said = pen.say(policy["text"])
    return f"{said} ({phrases.source(pen, policy)})" if policy["rulebook"] else said


def _part(pen: Pen, part: Json, unit: str) -> Row:
    value = part["value"]
    said = pen.word("not_known") if value is None else pen.value(value, unit)
    return Row(label=phrases.zone(pen, part["zone"]), value=said, open=value is None)


def _would_change(pen: Pen, raw: Json) -> str:
    steps = [_step(pen, step) for step in raw["changes"]]
    return f"{pen.say(raw['text'])} ({pen.listed(steps)})"


def _step(pen: Pen, step: Json) -> str:
    before = pen.word("not_known") if step["from"] is None else pen.value(step["from"], step["unit"])
    after = pen.value(step["to"], step["unit"])
    return pen.word("change_step").format(fact=pen.say(step["label"]), before=before, after=after)
