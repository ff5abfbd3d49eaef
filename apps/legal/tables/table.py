"""The rulebooks in force of one source as one table, with what can be asked of it without a parcel. Pure."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from apps.legal.answers import Provision, RulebookInForce
from apps.legal.decision_table import OneOf, parse_condition

EDITION = "edition"
PERMIT_KIND = "permit_kind"
ORDINARY = frozenset({"set", "reduce", "raise", "floor", "derive"})
"""Effects that make up a plan's own value; a more special plan displaces them."""
LIMITING = ORDINARY | {"cap", "undecided"}
"""Effects that speak about a subject's value; the others go with the place as duties."""


@dataclass(frozen=True, slots=True)
class Row:
    """A provision, the code of its rulebook, and the editions it is confined to (empty = none in particular)."""

    rulebook: str
    provision: Provision
    editions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The rows that speak at one place, and the same by (effect, subject) and by (effect, '')."""

    rows: tuple[Row, ...]
    by: Mapping[tuple[str, str], tuple[Row, ...]]


def spoken(rows: tuple[Row, ...]) -> Spoken:
    """Rows with their index."""
    by: dict[tuple[str, str], tuple[Row, ...]] = {}
    for row in rows:
        effect, subject = row.provision.effect, row.provision.subject
        for key in {(effect, subject), (effect, "")}:
            by[key] = (*by.get(key, ()), row)
    return Spoken(rows, by)


Choice = Callable[[tuple[Row, ...], str, str], tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of articles, whatever order the rulebooks and their rows came in.

    `effects` and `spoken`: every effect that rows have, every subject of which any row speaks. `hanging`: subjects
    that rows of a theme limit; `set_in`: those for which a theme gives values; theme '' = the parcel as a whole.
    `kinds`: kinds of permit that any row names, for or against; empty = none speaks of kinds.
    """

    rows: tuple[Row, ...]
    by_theme: Mapping[str, tuple[Row, ...]]
    hanging: Mapping[str, tuple[str, ...]]
    set_in: Mapping[str, frozenset[str]]
    effects: frozenset[str]
    spoken: frozenset[str]
    kinds: frozenset[str] = frozenset()
    places: dict[tuple[str, str, str], Spoken] = field(default_factory=dict, compare=False, repr=False)

    @property
    def themes(self) -> tuple[str, ...]:
        """Themes that rows hang on, sorted."""
        return tuple(theme for theme in self.by_theme if theme)

    def of_theme(self, theme: str) -> tuple[Row, ...]:
        """Rows of one theme."""
        return self.by_theme.get(theme, ())

    def spoken_at(self, theme: str, code: str, edition: str, choose: Choice) -> Spoken:
        """The rows that `choose` lets speak on a zone of this code and edition; asked once, as rows never change."""
        key = (theme, code, edition)
        if key not in self.places:
            self.places[key] = spoken(choose(self.of_theme(theme), code, edition))
        return self.places[key]


_KEPT = 32
_Key = tuple[tuple[str, int], ...]
_tables: OrderedDict[_Key, tuple[tuple[RulebookInForce, ...], Table]] = OrderedDict()


def table_of(rulebooks: tuple[RulebookInForce, ...]) -> Table:
    """The table of these rulebooks, remembered by the identity of their rows, which never change."""
    key = tuple((book.code, id(book.provisions)) for book in rulebooks)
    known = _tables.get(key)
    if known is None:
        # The rulebooks are kept beside the table, so that no other rows can get their identity meanwhile.
        known = _tables[key] = (rulebooks, _build(rulebooks))
        while len(_tables) > _KEPT:
            _tables.popitem(last=False)
    return known[1]


def _build(rulebooks: tuple[RulebookInForce, ...]) -> Table:
    rows = [_row(book.code, provision) for book in rulebooks for provision in book.provisions]
    rows.sort(key=lambda r: (r.provision.article, r.provision.row, r.rulebook))
    themes = sorted({r.provision.theme for r in rows})
    by_theme = {theme: tuple(r for r in rows if r.provision.theme == theme) for theme in themes}
    return Table(
        rows=tuple(rows),
        by_theme=by_theme,
        hanging={t: tuple(sorted(_subjects(found, LIMITING))) for t, found in by_theme.items()},
        set_in={t: _subjects(found, frozenset({"set"})) for t, found in by_theme.items()},
        effects=frozenset(r.provision.effect for r in rows),
        spoken=_subjects(tuple(rows), LIMITING),
        kinds=frozenset(kind for r in rows for kind in _kinds(r.provision)),
    )


def _kinds(provision: Provision) -> frozenset[str]:
    asked = parse_condition(provision.when.get(PERMIT_KIND, ""))
    return asked.options if isinstance(asked, OneOf) else frozenset()


def _row(rulebook: str, provision: Provision) -> Row:
    asked = parse_condition(provision.when.get(EDITION, ""))
    named = asked.options if isinstance(asked, OneOf) and not asked.negated else frozenset[str]()
    return Row(rulebook, provision, named)


def _subjects(rows: tuple[Row, ...], effects: frozenset[str]) -> frozenset[str]:
    return frozenset(r.provision.subject for r in rows if r.provision.effect in effects)
