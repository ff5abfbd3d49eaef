"""A rule that raises: its source is 'not known' with an incident number that the log carries."""

import logging

from apps.common.text import Text
from apps.extracts.answers import resolve
from apps.legal.answers import Question, RulebookInForce, SourceAnswer, WhyNot
from detailed_plan.source import DetailedPlanSource
from tests.extracts.build import candidate, provision


class Broken:
    name = "broken"

    def subjects(self) -> tuple[str, ...]:
        return ("max_storeys", "max_height")

    def answer(self, _: Question) -> SourceAnswer:
        raise ZeroDivisionError("a rule of this table divides by nothing")


class Sound:
    name = "sound"

    def subjects(self) -> tuple[str, ...]:
        return ("max_storeys",)

    def answer(self, _: Question) -> SourceAnswer:
        return SourceAnswer(candidates=(candidate(4),))


def book(source: str, *rows) -> tuple[RulebookInForce, ...]:
    return (RulebookInForce("b", "b", source, Text("ب", "b"), "1", rows or (provision(),)),)


def test_it_is_not_known_with_an_incident_that_the_log_carries(caplog):
    with caplog.at_level(logging.ERROR):
        found = resolve(
            facts={}, findings={}, sources=[Broken(), Sound()],
            rulebooks={"broken": book("broken"), "sound": book("sound")},
        )  # fmt: skip
    (failure,) = found.failures
    assert failure.incident in caplog.text
    assert failure.incident in failure.text.fa
    storeys, height = found.governing
    assert (storeys.outcome, storeys.value, storeys.bound) == ("not_known", None, 4)
    assert height.outcome == "not_known"
    assert {u.why for u in (*storeys.unknowns, *height.unknowns)} == {WhyNot.FAILED}
    assert failure.incident in height.unknowns[0].text.en


def test_a_row_that_cannot_be_computed_stops_its_whole_source():
    """A table that divides by a fact which is 0 here gives no value at all, and no other row of it is believed."""
    good = provision("good", "max_height")
    bad = provision("bad")
    bad = type(bad)(**{name: getattr(bad, name) for name in bad.__slots__} | {"value": "=1/(2 - 2)"})
    found = resolve(
        facts={}, findings={}, sources=[DetailedPlanSource()],
        rulebooks={"detailed_plan": book("detailed_plan", bad, good)},
    )  # fmt: skip
    assert {g.outcome for g in found.governing} == {"not_known"}
    assert len(found.failures) == 1
