"""What all voices of a law say of many parcels: each piece is asked once for all parcels that it cannot tell apart."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain

import numpy as np

from apps.extracts.answers import unheard
from apps.impact.columns import Bucket, breaks, bucket_of
from apps.impact.contents import NOTHING, Contents, DutySets, Heard
from apps.impact.facts_at import Facts
from apps.impact.ground_table import Flags, GroundTable
from apps.impact.signs import NOBODY, Register, Sign, ThemeSigns
from apps.impact.sorting import combined, firsts, ranked
from apps.impact.voices import Voice, Voices
from apps.impact.zones import hits_at, pretended
from apps.legal.answers import Outcome, Policy, Question, SourceAnswer
from apps.legal.tables.reads import Reads
from apps.legal.tables.spots import ZONE_SHARE, spot_of_all, spot_on
from gis_layers.postgis_impact import Ints

log = logging.getLogger(__name__)
_Key = tuple[object, ...]
_OUTSIDE = 2**40  # numbers of values and of buckets must not meet in one column


@dataclass(frozen=True, slots=True)
class Ground:
    """The parcels of one table under one law: what lies on them, and their facts."""

    table: GroundTable
    signs: Mapping[str, ThemeSigns]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece says: parcels it stands on, the sort of each, and what it says to each sort (None: it failed)."""

    at: Ints
    sort: Ints
    heard: Sequence[Heard | None]


@dataclass(slots=True)
class AllHeard:
    """What was said of the parcels of one table: sequences of contents by subject, sets of duties, failures."""

    by_subject: dict[str, Ints]
    duties: Ints
    failed: Flags


@dataclass(slots=True)
class Hearing:
    """One set of voices, for one permit kind. What a piece said once, it is not asked again."""

    voices: Voices
    register: Register
    contents: Contents
    duty_sets: DutySets
    policies: dict[str, list[Policy]] = field(default_factory=dict)
    _heard: dict[_Key, Heard | None] = field(default_factory=dict)
    _declared: set[str] = field(default_factory=set)
    _shares: dict[tuple[frozenset[str] | None, Bucket], int] = field(default_factory=dict)

    def hear(self, ground: Ground, wanted: frozenset[str] | None) -> AllHeard:
        """What is said of every parcel. `wanted`: only these subjects matter (None = all)."""
        count = len(ground.table.versions)
        said = AllHeard({}, np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool))
        pieces = (piece for voice in self.voices.listed for piece in self._pieces(voice, ground))
        for piece in chain(self._silence(count), pieces):
            self._take(said, piece, wanted)
        return said

    def _silence(self, count: int) -> Iterator[Piece]:
        for source in self.voices.silent:
            heard = self.contents.heard(unheard(source))
            yield Piece(np.arange(count), np.zeros(count, dtype=np.int64), [heard])

    def _take(self, said: AllHeard, piece: Piece, wanted: frozenset[str] | None) -> None:
        failed = np.array([heard is None for heard in piece.heard], dtype=bool)
        said.failed[piece.at] |= failed[piece.sort]
        subjects = sorted({subject for heard in piece.heard if heard for subject in heard.by_subject})
        for subject in subjects if wanted is None else [s for s in subjects if s in wanted]:
            content = np.array([h.by_subject.get(subject, NOTHING) if h else NOTHING for h in piece.heard])[piece.sort]
            told = content != NOTHING
            so_far = said.by_subject.setdefault(subject, np.zeros(len(said.duties), dtype=np.int64))
            so_far[piece.at[told]] = self.contents.join(so_far[piece.at[told]], content[told])
        duties = np.array([self.duty_sets.id_of(h.duties) if h else 0 for h in piece.heard])[piece.sort]
        bound = duties != 0
        said.duties[piece.at[bound]] = self.duty_sets.join(said.duties[piece.at[bound]], duties[bound])

    def _pieces(self, voice: Voice, ground: Ground) -> Iterator[Piece]:
        yield self._everywhere(voice, ground)
        yield self._spot(voice, ground, ("", "", ""), np.arange(len(ground.table.versions)))
        for theme in voice.reads.table.themes:
            if theme in ground.signs:
                for (edition, code), at in self._zones(ground.signs[theme]):
                    yield self._spot(voice, ground, (theme, code, edition), at)

    def _zones(self, signs: ThemeSigns) -> Iterator[tuple[tuple[str, str], Ints]]:
        """Each zone of a theme, (edition, code), with the parcels it lies on."""
        present = ranked(signs.ids)[0].tolist()
        for zone in sorted({zone for number in present for zone in self.register.signs[number].zones}):
            holding = [n for n in present if zone in self.register.signs[n].zones]
            yield zone, np.flatnonzero(np.isin(signs.ids, holding))

    def _everywhere(self, voice: Voice, ground: Ground) -> Piece:
        """What hangs on no zone: the same wherever the same themes are not known for the same reasons."""
        themes = [theme for theme in voice.reads.table.themes if theme in ground.signs]
        open_ = np.array([s.outcome is Outcome.NOT_KNOWN for s in self.register.signs], dtype=bool)
        columns = [np.where(open_[ground.signs[t].ids], ground.signs[t].ids, NOBODY) for t in themes]
        found, sort, _ = sorts_with_first([*columns, np.zeros(len(ground.table.versions), dtype=np.int64)])
        heard = [self._asked(voice, ("*", *row), partial(self._all, voice, ground, themes, row)) for row in found]
        return Piece(np.arange(len(sort)), sort, heard)

    def _all(self, voice: Voice, ground: Ground, themes: Sequence[str], signs: Sequence[int]) -> SourceAnswer:
        known = Sign(Outcome.DOES_NOT_APPLY)
        findings = {
            theme: pretended(ground.signs[theme].theme, known if n == NOBODY else self.register.signs[n])
            for theme, n in zip(themes, signs, strict=False)
        }
        answer = voice.source.everywhere(Question(facts={}, findings=findings, rulebooks=voice.rulebooks))
        if voice.source.name not in self._declared:
            self._declared.add(voice.source.name)
            for policy in answer.policies:
                self.policies.setdefault(policy.subject, []).append(policy)
        return answer

    def _spot(self, voice: Voice, ground: Ground, spot: tuple[str, str, str], at: Ints) -> Piece:
        """What the rows on one zone say (theme '': on the parcel as a whole), to each sort of parcels under it."""
        theme, code, edition = spot
        reads = voice.reads.at(theme=theme, code=code, edition=edition)
        columns = [self._read(name, reads, ground.facts, at) for name in sorted(_names(reads))]
        columns.append(self._share(reads, ground, spot, at))
        found, sort, first = sorts_with_first(columns)
        heard = [
            self._asked(voice, (*spot, *row), partial(_on, voice, ground, spot, int(at[one])))
            for row, one in zip(found, first, strict=True)
        ]
        return Piece(at, sort, heard)

    def _read(self, name: str, reads: Reads, facts: Facts, at: Ints) -> Ints:
        """What the rows see of one fact: the bucket of its value, or the value itself where it may reach anything."""
        ids = facts.ids.get(name)
        if ids is None:
            return np.zeros(len(at), dtype=np.int64)
        column = facts.columns.by_name[name]
        taking = {subject for subject, names in reads.taken.items() if name in names}
        if taking and not (column.tame and taking <= self.contents.contained):
            return _OUTSIDE + ids[at]
        return column.buckets(ids[at], reads.cells.get(name, frozenset()))

    def _share(self, reads: Reads, ground: Ground, spot: tuple[str, str, str], at: Ints) -> Ints:
        """What the rows see of the zone's share of each parcel."""
        theme, code, _ = spot
        exact = any(ZONE_SHARE in names for names in reads.taken.values())
        cells = None if exact else reads.cells.get(ZONE_SHARE, frozenset())
        seen = np.zeros(len(at), dtype=np.int64)
        if not theme or not (exact or cells):
            return seen
        bounds, numbers = breaks(cells or ())
        for place, one in enumerate(at.tolist()):
            hits = hits_at(one, ground.table, ground.signs[theme])
            share = sum((Decimal(str(h.share)) for h in hits if h.code == code), start=Decimal(0))
            bucket = (share,) if exact else bucket_of(share, bounds=bounds, numbers=numbers)
            seen[place] = self._shares.setdefault((cells, bucket), len(self._shares))
        return seen

    def _asked(self, voice: Voice, place: _Key, ask: Callable[[], SourceAnswer]) -> Heard | None:
        """What the piece says at such a place; None when it fails: then the parcels are composed one by one."""
        key = (voice.source.name, *place)
        if key not in self._heard:
            try:
                self._heard[key] = self.contents.heard(ask())
            except Exception:  # noqa: BLE001 - whatever a source raises, the whole of it is 'not known' (answers.resolve)
                log.warning("rule source %s failed on %s", *key[:2])
                self._heard[key] = None
        return self._heard[key]


def _names(reads: Reads) -> set[str]:
    return {*reads.cells, *(name for names in reads.taken.values() for name in names)}


def _on(voice: Voice, ground: Ground, spot: tuple[str, str, str], at: int) -> SourceAnswer:
    """What a source says on the spot of one parcel, made as `legal.tables.spots` makes it."""
    theme, code, edition = spot
    table, facts = voice.reads.table, ground.facts.at(at)
    if not theme:
        return voice.source.on(table, spot_of_all(table, facts))
    hits = hits_at(at, ground.table, ground.signs[theme])
    mine = next(hit for hit in hits if (hit.code, hit.edition) == (code, edition))
    return voice.source.on(table, spot_on(table, mine, hits=hits, facts=facts))


def sorts_with_first(columns: Sequence[Ints]) -> tuple[list[tuple[int, ...]], Ints, list[int]]:
    """Different rows, the row of each parcel, and a parcel that has it."""
    sort, count = combined(columns)
    first = firsts(sort, count).tolist() if len(sort) else []
    return [tuple(int(column[one]) for column in columns) for one in first], sort, first
