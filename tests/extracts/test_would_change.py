"""What would change a value: the nearest bound, through the whole question, and only where it helps."""

from decimal import Decimal

from apps.common.city_law import Remedy
from apps.common.text import Text
from apps.extracts.rules import govern_all
from apps.extracts.would_change import improvements, speaking
from apps.legal.answers import Fact, Outcome, Provision, RulebookInForce, ThemeFinding, Unknown, WhyNot
from tests.extracts.build import candidate, hit

JOIN = Remedy("consolidation", ("plot_m2", "net_plot_m2", "consolidated"), Text("تجمیع", "Joining plots"))
WIDEN = Remedy("widening", ("passage_m",), Text("تعریض", "Widening"))


def row(name: str, *, theme: str = "height_code", zone: str = "H4", **when: str) -> Provision:
    return Provision(name, "8-2", "ISF-08", "max_storeys", "reduce", "1", theme, zone, when, Text("م", "t"))


def facts(**values) -> dict[str, Fact]:
    units = {"plot_m2": "m²", "net_plot_m2": "m²", "passage_m": "m"}
    return {n: Fact(n, v, Text(n, n), units.get(n, "")) for n, v in values.items()}


HERE = facts(plot_m2=Decimal(140), net_plot_m2=Decimal(130), passage_m=Decimal(6), consolidated=Decimal(1))
ROWS = (
    row("plot", net_plot_m2="..200"),
    row("joined", plot_m2="300..", consolidated="2.."),
    row("way", passage_m="..8"),
)


def ask(found):
    """Four storeys less one per condition not met; five from 300 m² of two plots; a cap of 5 always."""

    def n(name):
        return found[name].value or Decimal(0)

    storeys = 4 - (n("net_plot_m2") < 200) - (n("passage_m") < 8) + (n("plot_m2") >= 300 and n("consolidated") >= 2)
    return govern_all([candidate(int(storeys)), candidate(5, cap=True)], [])


def told(remedies, rows=ROWS, *, here=HERE, question=ask):
    found = improvements(remedies=remedies, facts=here, rows=rows, now=question(here), ask=question)
    return [
        (i.remedy.kind, i.value, {s.fact.name: s.to for s in i.steps}) for i in found.get("max_storeys", ())
    ]  # fmt: skip


def test_the_nearest_bound_of_each_remedy_is_told():
    assert told([JOIN, WIDEN]) == [
        ("consolidation", 3, {"plot_m2": 210, "net_plot_m2": 200, "consolidated": 2}),
        ("widening", 3, {"passage_m": 8}),
    ]


def test_nothing_is_told_where_no_bound_helps():
    flat = [row("way", passage_m="..8")]
    assert told([WIDEN], flat, question=lambda _: govern_all([candidate(4)], [])) == []
    assert told([WIDEN], [row("way", passage_m="..6")]) == []
    assert told([WIDEN], ()) == []


def test_what_is_not_known_gets_no_hope():
    doubt = Unknown(WhyNot.NO_RULE, Text("؟", "?"), "planning", subject="max_storeys")
    assert told([WIDEN], question=lambda _: govern_all([candidate(4)], [doubt])) == []
    assert told([WIDEN], here={**HERE, **facts(passage_m=None)}) == []


def test_it_says_that_it_is_information():
    found = improvements(remedies=[WIDEN], facts=HERE, rows=ROWS, now=ask(HERE), ask=ask)
    text = found["max_storeys"][0].text
    assert "neither advice" in text.en
    assert "نه توصیه" in text.fa
    assert "8 m" in text.en


def test_only_rows_of_zones_on_the_parcel_set_bounds():
    finding = ThemeFinding("height_code", Outcome.APPLIES, hits=(hit(1, "H4", 100),))
    empty = ThemeFinding("worn_fabric", Outcome.DOES_NOT_APPLY)
    rows = (row("here"), row("other", zone="H5"), row("any", zone=""), row("whole", theme="", zone=""),
            row("absent", theme="worn_fabric", zone=""))  # fmt: skip
    book = RulebookInForce("b", "b", "detailed_plan", Text("ب", "b"), "1", rows)
    heard = speaking({"height_code": finding, "worn_fabric": empty}, {"detailed_plan": (book,)})
    assert [r.row for r in heard] == ["here", "any", "whole"]
