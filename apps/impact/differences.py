"""What differs between two answers, and only that. Pure.

Reasons of a 'not known' are told with a difference but make none by themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from apps.impact.said import Duties, Place, Said, Told

NO_PLACE = Place("", ())
NOTHING_TOLD = Told("none", None, None)
"""What is said of a subject on which no rule speaks: no value, and nothing open."""


@dataclass(frozen=True, slots=True)
class Change:
    """How the answer for one permit kind changes. Each theme and subject with what was and what would be.

    `gone`, `new`: duties (kind, code) that vanish and appear.
    """

    kind: str
    themes: tuple[tuple[str, Place, Place], ...] = ()
    subjects: tuple[tuple[str, Told, Told], ...] = ()
    gone: Duties = ()
    new: Duties = ()

    @property
    def anything(self) -> bool:
        """Whether anything differs at all."""
        return bool(self.themes or self.subjects or self.gone or self.new)


def difference(kind: str, before: Said, after: Said) -> Change:
    """What differs between two whole answers."""
    return Change(
        kind=kind,
        themes=theme_differences(before.themes, after.themes),
        subjects=subject_differences(before.subjects, after.subjects),
        gone=tuple(d for d in before.duties if d not in after.duties),
        new=tuple(d for d in after.duties if d not in before.duties),
    )


def theme_differences(before: Mapping[str, Place], after: Mapping[str, Place]) -> tuple[tuple[str, Place, Place], ...]:
    """Themes whose outcome or codes differ."""
    pairs = ((code, before.get(code, NO_PLACE), after.get(code, NO_PLACE)) for code in sorted({*before, *after}))
    return tuple((code, a, b) for code, a, b in pairs if replace(a, why=()) != replace(b, why=()))


def subject_differences(before: Mapping[str, Told], after: Mapping[str, Told]) -> tuple[tuple[str, Told, Told], ...]:
    """Subjects whose outcome, value, bound or parts differ."""
    codes = sorted({*before, *after})
    pairs = ((code, before.get(code, NOTHING_TOLD), after.get(code, NOTHING_TOLD)) for code in codes)
    return tuple((code, a, b) for code, a, b in pairs if tells_other(a, b))


def tells_other(one: Told, other: Told) -> bool:
    """Whether two answers on a subject differ in more than their reasons."""
    return (one.outcome, one.value, one.bound, one.parts) != (other.outcome, other.value, other.bound, other.parts)
