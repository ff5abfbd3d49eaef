"""What a change means for one theme, subject or duty: the lines that an impact table counts. Pure.

Each line has a key of its own, by which the parcels behind its number are found again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

THEME, SUBJECT, DUTY, OPEN = "theme", "subject", "duty", "open"
GONE, NEW, DOUBT = "gone", "new", "doubt"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `what`: theme, subject, duty, or open; `name`: its code; `was`, `would_be`: JSON.

    'open' lines count all parcels on which a theme or subject becomes not known for the same reasons, whatever was.

    `course`: more | less | opens (becomes not known) | settles (becomes known) | other | gone | new | doubt (a duty
    that the rules would not state any more, on a parcel of which a theme becomes not known: nobody can say it is gone).
    """

    kind: str
    what: str
    name: str
    was: Any
    would_be: Any
    course: str
    why: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """16 hex digits."""
        told = [self.kind, self.what, self.name, self.was, self.would_be, self.course, self.why]
        return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """As the summary holds it."""
        return {
            "key": self.key,
            "what": self.what,
            "name": self.name,
            "was": self.was,
            "would_be": self.would_be,
            "course": self.course,
            "why": list(self.why),
        }


def lines(kind: str, difference: Mapping[str, Any]) -> Iterator[Line]:
    """Every line that counts a parcel with this change."""
    for what, pairs in ((THEME, difference["themes"]), (SUBJECT, difference["subjects"])):
        for name, (was, would_be) in pairs.items():
            why = tuple(sorted({w if isinstance(w, str) else w[0] for w in would_be.get("why", ())}))
            course = _course(was, would_be)
            yield Line(kind, what, name, _bare(was), _bare(would_be), course)
            if course == "opens":
                yield Line(kind, OPEN, f"{what}:{name}", None, None, course, why)
    for side, course in ((GONE, course_of_gone(difference)), (NEW, NEW)):
        for duty, code in difference[side]:
            yield Line(kind, DUTY, f"{duty}:{code}", side == GONE, side == NEW, course)


def course_of_gone(difference: Mapping[str, Any]) -> str:
    """'gone', or 'doubt' where a theme becomes not known: what is not known is never 'need not be asked'."""
    opens = any(would_be["outcome"] == "not_known" for _, would_be in difference["themes"].values())
    return DOUBT if opens else GONE


def _bare(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "why"}


def _course(was: Mapping[str, Any], would_be: Mapping[str, Any]) -> str:
    if was["outcome"] != would_be["outcome"] and "not_known" in (was["outcome"], would_be["outcome"]):
        return "settles" if was["outcome"] == "not_known" else "opens"
    before, after = was.get("value"), would_be.get("value")
    if not isinstance(before, int | float) or not isinstance(after, int | float) or before == after:
        return "other"
    return "more" if after > before else "less"
