"""The records of a sheet. Every field is a sentence in the reader's language, ready to be laid out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A line of two or three cells; `open`: the middle one says 'not known'."""

    label: str
    value: str
    extra: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something not known: what, why, and whom to ask."""

    about: str
    why: str
    ask: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One candidate: its value, whether it governs and why, the law's own words, where they stand."""

    value: str
    won: bool
    cap: bool
    verdict: str
    explain: str
    quote: str
    changes: tuple[str, ...]
    source: str
    zone: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One subject. `state`: value, not_known or none; `source` is that of the governing candidate."""

    label: str
    headline: bool
    state: str
    value: str
    reason: str
    source: str
    gaps: tuple[Gap, ...]
    offers: tuple[Offer, ...]
    policy: str
    parts: tuple[Row, ...]
    would_change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PendingLaw:
    """Law that is not law now, with what it would change."""

    status: str
    title: str
    text: str
    changes: tuple[Row, ...]
    act: str
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty with its source, and the office it names."""

    text: str
    ask: str
    source: str


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """Duties of one kind."""

    kind: str
    title: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One theme: its zones, gaps and slivers, and the editions it was read from."""

    label: str
    zones: tuple[str, ...]
    gaps: tuple[Gap, ...]
    slivers: tuple[str, ...]
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayerList:
    """One of the three answers with its themes."""

    answer: str
    title: str
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a document says of one parcel on one day, but its map and its link."""

    title: str
    code: str
    city: str
    day: str
    known_at: str
    kind: str
    marks: tuple[str, ...]
    complete: bool
    parcel: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    rules: tuple[Rule, ...]
    pending: tuple[PendingLaw, ...]
    duties: tuple[DutyGroup, ...]
    facts: tuple[Row, ...]
    layers: tuple[LayerList, ...]
    failures: tuple[str, ...]
    digest: str
    law_version: str
    crs: str

    @property
    def headlines(self) -> tuple[Rule, ...]:
        """The few big numbers."""
        return tuple(rule for rule in self.rules if rule.headline)

    @property
    def argued(self) -> tuple[Rule, ...]:
        """Rules that some provision offers a value for."""
        return tuple(rule for rule in self.rules if rule.offers)

    @property
    def silent(self) -> tuple[Rule, ...]:
        """Subjects for which nothing offers a value."""
        return tuple(rule for rule in self.rules if not rule.offers)
