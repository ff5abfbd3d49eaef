"""What pieces of law say of one subject, by numbers: equal numbers are equal candidates and unknowns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from apps.impact.said import Duties
from apps.impact.sorting import combined, firsts
from apps.legal.answers import Candidate, SourceAnswer, Unknown
from apps.legal.tables.reads import taken_by
from gis_layers.postgis_impact import Ints

NOTHING = 0


@dataclass(frozen=True, slots=True)
class Content:
    """Candidates and unknowns of one subject, as one of the parcels got them."""

    candidates: tuple[Candidate, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What one piece says: content number by subject, and its duties."""

    by_subject: Mapping[str, int]
    duties: Duties


@dataclass(slots=True)
class Contents:
    """Contents by number, and sequences of contents by number. 0 = nothing.

    `contained`: subjects whose computed values are told apart by their cells, not by what came out on one parcel.
    """

    contained: frozenset[str]
    listed: list[Content] = field(default_factory=lambda: [Content()])
    sequences: list[tuple[int, ...]] = field(default_factory=lambda: [()])
    _ids: dict[Any, int] = field(default_factory=dict)
    _joined: dict[tuple[int, int], int] = field(default_factory=dict)

    def heard(self, answer: SourceAnswer) -> Heard:
        """A piece's answer, subject by subject."""
        candidates: dict[str, list[Candidate]] = {}
        unknowns: dict[str, list[Unknown]] = {}
        for candidate in answer.candidates:
            candidates.setdefault(candidate.subject, []).append(candidate)
        for unknown in answer.unknowns:
            unknowns.setdefault(unknown.subject, []).append(unknown)
        return Heard(
            by_subject={
                subject: self._id(subject, candidates.get(subject, ()), unknowns.get(subject, ()))
                for subject in sorted({*candidates, *unknowns})
                if subject
            },
            duties=tuple(sorted({(d.kind, d.code) for d in answer.duties})),
        )

    def _id(self, subject: str, candidates: Iterable[Candidate], unknowns: Iterable[Unknown]) -> int:
        content = Content(tuple(candidates), tuple(unknowns))
        key = (
            subject,
            tuple(sorted(spelled(c, contained=c.subject in self.contained) for c in content.candidates)),
            tuple(sorted({(u.why.value, u.office) for u in content.unknowns})),
        )
        known = self._ids.get(key)
        if known is None:
            known = self._ids[key] = len(self.listed)
            self.listed.append(content)
        return known

    def join(self, so_far: Ints, more: Ints) -> Ints:
        """Numbers of sequences, each one content longer; `more` NOTHING = as it was."""
        found, back = _pairs(so_far, more)
        return numbered([self._join(*pair) for pair in found], back)

    def _join(self, so_far: int, more: int) -> int:
        if more == NOTHING:
            return so_far
        known = self._joined.get((so_far, more))
        if known is None:
            known = self._joined[so_far, more] = len(self.sequences)
            self.sequences.append((*self.sequences[so_far], more))
        return known


def spelled(candidate: Candidate, *, contained: bool) -> tuple[str, ...]:
    """All of a candidate that the judge and the comparison go by; a computed value by its cell, if `contained`."""
    zone, provision = candidate.zone, candidate.provision
    value = provision.value.strip() if contained and taken_by(provision) else repr(candidate.value)
    where = (zone.theme, zone.code, zone.edition) if zone else ("", "", "")
    return (value, candidate.strength.value, *where, repr(sorted(provision.when.items())))


def _pairs(one: Ints, other: Ints) -> tuple[list[tuple[int, int]], Ints]:
    """Different pairs, and which of them each position has."""
    sort, count = combined([one, other])
    first = firsts(sort, count) if len(sort) else sort
    return list(zip(one[first].tolist(), other[first].tolist(), strict=True)), sort


def numbered(numbers: Sequence[int], back: Ints) -> Ints:
    """The number of each position: `back` says which of the numbers it has."""
    spread: Ints = np.array(numbers, dtype=np.int64)[back.reshape(-1)]
    return spread


@dataclass(slots=True)
class DutySets:
    """Sets of duties by number; 0 = none."""

    listed: list[Duties] = field(default_factory=lambda: [()])
    _ids: dict[Duties, int] = field(default_factory=lambda: {(): 0})

    def id_of(self, duties: Duties) -> int:
        """The set's number. Duties are sorted, each once."""
        known = self._ids.get(duties)
        if known is None:
            known = self._ids[duties] = len(self.listed)
            self.listed.append(duties)
        return known

    def join(self, so_far: Ints, more: Ints) -> Ints:
        """Numbers of the sets of both."""
        found, back = _pairs(so_far, more)
        return numbered([self.id_of(tuple(sorted({*self.listed[a], *self.listed[b]}))) for a, b in found], back)
