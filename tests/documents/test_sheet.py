"""What the document says: everything the extract holds, once, in the right place. No database."""

import json
from typing import Any

import pytest

from apps.common.city import current_city
from apps.documents.pen import Pen
from apps.documents.sheet.build import sheet
from apps.documents.sheet.records import Sheet
from tests.documents.conftest import fixtures

DOCUMENTS = fixtures()
EN, FA = (Pen(language, "jalali", "Asia/Tehran") for language in ("en", "fa"))


def sheet_of(document: dict[str, Any], pen: Pen = EN) -> Sheet:
    return sheet(pen, document, law=current_city().law, kind="New building", code_name="Renovation code")


@pytest.fixture
def known() -> dict[str, Any]:
    return json.loads(json.dumps(DOCUMENTS["clean_h4"]))


@pytest.mark.parametrize("pen", [EN, FA], ids=["en", "fa"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_of_the_extract_is_lost(name: str, pen: Pen) -> None:
    document = DOCUMENTS[name]
    made = sheet_of(document, pen)
    assert len(made.rules) == len(document["subjects"])
    assert sum(len(rule.offers) for rule in made.rules) == sum(len(s["candidates"]) for s in document["subjects"])
    assert {rule.label for rule in made.headlines} == {
        pen.say(s["label"]) for s in document["subjects"] if s["headline"]
    }
    assert set(made.argued) | set(made.silent) == set(made.rules)
    assert [p.title for p in made.pending] == [pen.say(p["instrument"]["title"]) for p in document["pending"]]
    assert len(made.facts) == len(document["facts"])
    assert [len(one.layers) for one in made.layers] == [
        len(document["themes"][answer]) for answer in ("not_known", "applies", "does_not_apply")
    ]
    told = {duty.text for group in made.duties for duty in group.duties}
    assert told == {pen.say(d["text"]) for d in document["duties"]} | {pen.say(n) for n in document["notes"]}
    assert made.digest == document["digest"]
    assert len(made.marks) == 2


def test_what_is_not_known_names_whom_to_ask() -> None:
    document = DOCUMENTS["not_known"]
    made = sheet_of(document)
    assert made.gaps
    offices = {u["office"]["name"]["en"] for t in document["themes"]["not_known"] for u in t["unknown"]}
    offices |= {u["office"]["name"]["en"] for s in document["subjects"] for u in s["unknown"]}
    assert offices
    for office in offices:
        assert any(office in gap.ask for gap in made.gaps)
    for subject in document["subjects"]:
        if subject["outcome"] == "not_known":
            assert any(subject["label"]["en"] in gap.about for gap in made.gaps)


def test_a_limit_of_an_open_subject_is_no_allowance(known: dict[str, Any]) -> None:
    subject = known["subjects"][0] | {"outcome": "not_known", "value": None, "bound": 3, "unit": "storey"}
    known["subjects"] = [
        subject,
        subject | {"direction": "min"},
        subject | {"direction": "set"},
        subject | {"bound": None},
    ]
    said = [rule.value for rule in sheet_of(known).rules]
    assert said == [
        "not known (at most 3 storeys in any case; a limit, not an allowance)",
        "not known (at least 3 storeys in any case; a limit, not an allowance)",
        "not known (of what is known: 3 storeys; not an allowance)",
        "not known",
    ]


def test_no_rule_and_an_empty_set_are_told_apart(known: dict[str, Any]) -> None:
    subject = known["subjects"][0]
    known["subjects"] = [
        subject | {"outcome": "none", "value": None},
        subject | {"outcome": "value", "direction": "set", "value": []},
    ]
    assert [rule.value for rule in sheet_of(known).rules] == ["no rule", "none"]


def test_parts_policy_and_what_would_change(known: dict[str, Any]) -> None:
    zone = known["themes"]["applies"][0]["zones"][0]
    text = {"fa": "متن", "en": "If two plots are joined"}
    book = known["subjects"][0]["candidates"][0]["rulebook"]
    step = {"fact": "plot_m2", "label": {"fa": "مساحت", "en": "Area"}, "unit": "m²", "from": 240, "to": 500}
    known["subjects"] = [
        known["subjects"][0]
        | {
            "unit": "storey",
            "policy": {"name": "by_part", "text": {"fa": "م", "en": "Each part"}, "article": "1-9", "rulebook": book},
            "parts": [{"zone": zone, "value": 4, "text": text}, {"zone": zone, "value": None, "text": text}],
            "would_change": [
                {"kind": "consolidation", "label": text, "changes": [step], "value": 5, "text": text},
                {"kind": "widening", "label": text, "changes": [step | {"from": None}], "value": 5, "text": text},
            ],
        }
    ]
    rule = sheet_of(known).rules[0]
    assert [(row.value, row.open) for row in rule.parts] == [("4 storeys", False), ("not known", True)]
    assert rule.policy.startswith("Each part (")
    assert "article 1-9" in rule.policy
    assert rule.would_change == (
        "If two plots are joined (Area: from 240 m² to 500 m²)",
        "If two plots are joined (Area: from not known to 500 m²)",
    )


def test_facts_say_where_they_come_from(known: dict[str, Any]) -> None:
    known["facts"] = [
        {"name": "passage_m", "label": {"fa": "", "en": "Passage"}, "value": None, "unit": "m"},
        {"name": "heritage", "label": {"fa": "", "en": "Heritage"}, "value": None, "unit": ""},
        {"name": "permit_kind", "label": {"fa": "", "en": "Kind"}, "value": "NEW", "unit": ""},
    ]
    made = sheet_of(known)
    passage, heritage, kind = made.facts
    assert (passage.value, passage.extra) == ("not known", "parcel register, version 1")
    assert heritage.extra.startswith("layers: ")
    assert (kind.value, kind.extra) == ("New building", "the kind of request")
    assert (passage.open, heritage.open, kind.open) == (True, True, False)
    assert not made.gaps, "no rule needed them"


def test_failures_and_districts(known: dict[str, Any]) -> None:
    known["failures"] = [{"source": "x", "incident": "ab12", "text": {"fa": "ناموفق", "en": "Failed, incident ab12"}}]
    district = known["parcel"]["district"]
    known["parcel"]["districts"] = [
        district | {"area_m2": 100, "share_pct": 60},
        district | {"area_m2": 60, "share_pct": 40},
    ]
    made = sheet_of(known)
    assert any("ab12" in gap.why for gap in made.gaps)
    assert any("100 m² (60%)" in row.value for row in made.parcel)


def test_a_parcel_without_names(known: dict[str, Any]) -> None:
    known["parcel"] |= {"plate": "", "address": "", "neighbourhood": "", "passage_name": "", "district": None}
    labels = [row.label for row in sheet_of(known).parcel]
    assert labels[0] == "Renovation code"
    assert not {"Registry plate", "Address", "District"} & set(labels)


def test_official_rules_of_a_real_city_bear_no_mark(known: dict[str, Any]) -> None:
    assert sheet_of(known | {"synthetic": False, "sample_rules": False}).marks == ()


def test_a_rulebook_or_edition_without_an_act_is_named_all_the_same(known: dict[str, Any]) -> None:
    known["themes"]["applies"][0]["editions"][0]["act"] = None
    candidate = known["subjects"][0]["candidates"][0]
    candidate["rulebook"] = candidate["rulebook"] | {"act": None}
    made = sheet_of(known)
    assert made.rules[0].offers[0].source == f"{candidate['rulebook']['title']['en']}, article {candidate['article']}"
    title = known["themes"]["applies"][0]["editions"][0]["title"]["en"]
    assert made.layers[1].layers[0].editions[0] == title
