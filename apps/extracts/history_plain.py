"""A parcel's answer without its reasons, as values. Pure."""

from dataclasses import dataclass
from typing import Any

from apps.common.text import Text


@dataclass(frozen=True, slots=True)
class Said:
    """One main value: outcome 'value' | 'not_known' | 'none'. `value`, `bound`: number, tuple of codes or None."""

    subject: str
    label: Text
    unit: str
    outcome: str
    value: Any
    bound: Any


@dataclass(frozen=True, slots=True)
class SaidDuty:
    """A consultation or a forbidden work. `text` names the duty; only kind and code tell whether it is another one."""

    kind: str
    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """What is said of a parcel on a day. `heritage` None = not known or not asked.

    `lasting`: all overlays were complete and no source failed, so asking again can only give the same. `sources`:
    codes of the editions whose zones gave the main values, in their order.
    """

    said: tuple[Said, ...]
    duties: tuple[SaidDuty, ...]
    heritage: bool | None
    lasting: bool
    sources: tuple[str, ...] = ()

    @property
    def core(self) -> tuple[object, ...]:
        """Equal for answers that a person would call the same."""
        values = tuple((s.subject, s.outcome, s.value, s.bound) for s in self.said)
        return values, frozenset((d.kind, d.code) for d in self.duties), self.heritage
