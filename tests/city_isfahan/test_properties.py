"""Properties of both rule rooms over the Isfahan tables: strictness, failing closed, and order not mattering."""

import random
from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.legal.answers import Fact, Question, RulebookInForce, SourceAnswer, ZoneHit
from apps.legal.subjects import SUBJECTS, Direction
from detailed_plan.source import DetailedPlanSource
from heritage_zones.source import HeritageSource
from tests.city_isfahan.build import NOT_KNOWN, PERMIT_KINDS, THEMES, books, facts, findings, hit, value

SOURCES = (DetailedPlanSource(), HeritageSource())


@cache
def codes(theme: str) -> tuple[str, ...]:
    """Codes that rows name, and one that none does."""
    rows = [p for source in SOURCES for b in books(source.name) for p in b.provisions]
    return (*sorted({p.zone for p in rows if p.theme == theme and p.zone}), "UNHEARD")


NUMBERS = {
    "plot_m2": st.decimals(min_value=20, max_value=1200, places=2),
    "net_plot_m2": st.decimals(min_value=0, max_value=1200, places=2),
    "passage_sum_m": st.decimals(min_value=5, max_value=70, places=2),
    "passage_m": st.decimals(min_value=1, max_value=45, places=2),
    "consolidated": st.integers(1, 4).map(Decimal),
    "existing_storeys": st.integers(0, 8).map(Decimal),
    "existing_height_m": st.decimals(min_value=0, max_value=30, places=2),
}
KNOWN = st.fixed_dictionaries(
    {
        **NUMBERS,
        "heritage": st.booleans(),
        "inner_heritage": st.booleans(),
        "worn_fabric": st.booleans(),
        "corner": st.booleans(),
        "permit_kind": st.sampled_from(PERMIT_KINDS),
    }
)
EDITIONS = {
    "height_code": ("hc-1393", "lpa-hc-1390", "lpb-hc-1398"),
    "land_use": ("lu-1393", "lpa-lu-1390", "lpb-lu-1398"),
}


@st.composite
def zones(draw: st.DrawFn) -> ZoneHit:
    """Any zone of any theme, of a city or a local edition, over half the parcel or all of it."""
    theme = draw(st.sampled_from(THEMES))
    return hit(
        theme,
        draw(st.sampled_from(codes(theme))),
        feature=draw(st.integers(1, 10**6)),
        share=draw(st.sampled_from((0.1, 0.5, 1.0))),
        edition=draw(st.sampled_from(EDITIONS.get(theme, ("",)))),
    )


HITS = st.lists(zones(), max_size=6, unique_by=lambda h: h.feature_id)


def answers(values: dict[str, object], hits: list[ZoneHit]) -> list[SourceAnswer]:
    """What each source says."""
    asked = facts(**values)
    return [s.answer(Question(asked, findings(*hits), books(s.name))) for s in SOURCES]


def is_at_least_as_strict(subject: str, this: object, that: object) -> bool:
    """Whether `this` allows nothing that `that` forbids; not known is the strictest, 'nothing said' the loosest."""
    if this == NOT_KNOWN or that is None:
        return True
    if that == NOT_KNOWN or this is None:
        return False
    direction = SUBJECTS[subject].direction
    if direction is Direction.SCHEDULE:
        return set(this) >= set(that)
    return {
        Direction.MAX: lambda a, b: a <= b,
        Direction.MIN: lambda a, b: a >= b,
        Direction.SET: lambda a, b: a <= b,
    }[direction](this, that)


@settings(max_examples=300, deadline=None)
@given(
    known=KNOWN,
    hits=HITS,
    blanks=st.sets(st.sampled_from((*NUMBERS, "heritage", "inner_heritage", "worn_fabric", "permit_kind"))),
)
def test_not_knowing_a_fact_is_never_kinder_than_any_value_it_may_have(known, hits, blanks):
    whole = answers(known, hits)
    blanked = answers({**known, **dict.fromkeys(blanks)}, hits)
    for full, blind in zip(whole, blanked, strict=True):
        for subject in SUBJECTS:
            assert is_at_least_as_strict(subject, value(blind, subject), value(full, subject)), subject


@settings(max_examples=300, deadline=None)
@given(known=KNOWN, hits=HITS, blanks=st.sets(st.sampled_from((*NUMBERS, "heritage", "inner_heritage", "permit_kind"))))
def test_heritage_asks_at_least_whom_it_would_ask_if_all_were_known(known, hits, blanks):
    full, blind = answers(known, hits)[1], answers({**known, **dict.fromkeys(blanks)}, hits)[1]
    assert {(d.kind, d.code, d.provision.row) for d in full.duties} <= {
        (d.kind, d.code, d.provision.row) for d in blind.duties
    }


@settings(max_examples=300, deadline=None)
@given(known=KNOWN, hits=HITS, further=zones())
def test_a_further_zone_never_loosens(known, hits, further):
    """The facts are held fixed: that worn fabric also grants a bonus is a fact, not a zone's own rule."""
    before = answers(known, [h for h in hits if h.feature_id != further.feature_id])
    after = answers(known, [*(h for h in hits if h.feature_id != further.feature_id), further])
    for less, more in zip(before, after, strict=True):
        for subject in SUBJECTS:
            one, two = value(less, subject), value(more, subject)
            if NOT_KNOWN in (one, two) or SUBJECTS[subject].direction is Direction.SCHEDULE:
                continue
            assert is_at_least_as_strict(subject, two, one), subject


@settings(max_examples=150, deadline=None)
@given(known=KNOWN, hits=HITS, theme=st.sampled_from(THEMES))
def test_a_theme_not_known_leaves_no_subject_kinder(known, hits, theme):
    asked = facts(**known)
    for source in SOURCES:
        clear = source.answer(Question(asked, findings(*hits), books(source.name)))
        clouded = source.answer(Question(asked, findings(*hits, unknown=[theme]), books(source.name)))
        for subject in SUBJECTS:
            assert is_at_least_as_strict(subject, value(clouded, subject), value(clear, subject)), subject


@settings(max_examples=100, deadline=None)
@given(known=KNOWN, hits=HITS, seed=st.integers(0, 10**6))
def test_the_order_of_rows_books_and_hits_does_not_matter(known, hits, seed):
    mixed = random.Random(seed)
    asked = facts(**known)
    for source in SOURCES:
        straight = source.answer(Question(asked, findings(*hits), books(source.name)))
        turned = source.answer(
            Question(_shuffled(asked, mixed), findings(*mixed.sample(hits, len(hits))), _mixed(source.name, mixed))
        )
        assert turned == straight


def _mixed(source: str, mixed: random.Random) -> tuple[RulebookInForce, ...]:
    found = [
        RulebookInForce(
            b.code, b.instrument, b.source, b.title, b.act, tuple(mixed.sample(b.provisions, len(b.provisions)))
        )
        for b in books(source)
    ]
    mixed.shuffle(found)
    return tuple(found)


def _shuffled(asked: dict[str, Fact], mixed: random.Random) -> dict[str, Fact]:
    names = list(asked)
    mixed.shuffle(names)
    return {n: asked[n] for n in names}
