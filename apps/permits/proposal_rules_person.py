"""What no number of a table decides: opinions, forbidden works, duties, drawings, and an answer with gaps. Pure."""

from collections.abc import Iterator

from apps.common.text import Text
from apps.permits import proposal_words as words
from apps.permits.proposal_check import Asked, Check, Document, Outcome, Why, source


def by_person(asked: Asked) -> Check:
    """The limit is known; drawings show whether it is kept."""
    return asked.cannot(Why.PERSON, words.BY_PERSON)


def completeness(document: Document) -> Check:
    """An extract that does not know everything leaves every proposal open as a whole."""
    if document["complete"] and not document["failures"]:
        return Check("complete", words.COMPLETE, Outcome.PASS, words.IS_COMPLETE)
    return Check("complete", words.COMPLETE, Outcome.CANNOT, words.INCOMPLETE, why=Why.NOT_KNOWN)


def duties(document: Document) -> Iterator[Check]:
    """Forbidden works of this kind of permit fail; opinions are awaited; duties are judged on drawings."""
    once: set[tuple[str, str, str]] = set()
    for duty in document["duties"]:
        key = (duty["kind"], duty["code"], duty["article"])
        if key in once or duty["kind"] == "warning":
            continue
        once.add(key)
        found = _duty(duty, document["permit_kind"])
        if found is not None:
            yield found


def _duty(duty: Document, kind: str) -> Check | None:
    text, name = Text.of(duty["text"]), f"{duty['kind']}:{duty['code']}"
    from_row = source(duty, duty["text"])
    if duty["kind"] == "forbidden":
        if duty["code"] != kind:  # another kind of work is forbidden here
            return None
        return Check(name, text, Outcome.FAIL, words.FORBIDDEN, source=from_row)
    awaited = duty["kind"] == "consultation"
    said = words.CONSULT if awaited else words.DUTY
    why = Why.NOT_KNOWN if awaited else Why.PERSON
    return Check(name, text, Outcome.CANNOT, said, why=why, source=from_row, office=duty["office"])
