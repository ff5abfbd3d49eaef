"""The still picture: well-formed, inside its frame, bodies in the right order, nothing to inject."""

import xml.etree.ElementTree as ET

import pytest

from apps.envelope.picture import picture

SQUARE = [[(0, 0), (10, 0), (10, 20), (0, 20), (0, 0)]]
HOLE = [(4, 8), (4, 12), (6, 12), (6, 8), (4, 8)]
SVG = "{http://www.w3.org/2000/svg}"


def scene(*heights, rings=None, around=()):
    foot, levels = 0.0, []
    for n, top in enumerate(heights):
        shape = [rings or SQUARE]
        levels.append({"rings": shape, "from_m": foot, "to_m": top, "counted": n > 0, "label": {}})
        foot = top or foot
    return {"lot": [SQUARE], "around": list(around), "levels": levels}


def drawn(place, title="A lot"):
    text = picture(place, title=title, height=lambda m: f"{m:g} m", north="N")
    assert "style=" not in text
    return ET.fromstring(text)  # noqa: S314 - our own text


def classes(root):
    return [e.get("class") for e in root if e.get("class")]


def test_everything_lies_inside_the_frame():
    root = drawn(scene(2.7, 5.9, 9.1, around=[[[[(-9, 0), (0, 0), (0, 20), (-9, 20), (-9, 0)]]]]))
    _, _, width, height = map(float, root.get("viewBox").split())
    numbers = [
        tuple(map(float, pair.split(","))) for e in root.iter(f"{SVG}polygon") for pair in e.get("points").split()
    ]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in numbers)


def test_flat_ground_first_then_the_levels_from_below():
    names = classes(drawn(scene(2.7, 5.9, around=[[SQUARE]])))
    assert names[:2] == ["ground-around", "ground-lot"]
    assert names[2:5] == ["level-base wall-west", "level-base wall-south", "level-base roof"] or sorted(names[2:4]) == [
        "level-base wall-south", "level-base wall-west",
    ]  # fmt: skip
    assert names.index("level roof") > names.index("level-base roof")


def test_two_walls_of_a_block_are_seen_and_those_of_its_court_too():
    assert len(drawn(scene(3)).findall(f"{SVG}polygon")) == 2
    assert len(drawn(scene(3, rings=[*SQUARE, HOLE])).findall(f"{SVG}polygon")) == 4


def test_heights_are_written_and_give_way_to_each_other():
    texts = [e.text for e in drawn(scene(2.7, 5.9, 9.1)).iter(f"{SVG}text")]
    assert texts == ["9.1 m", "5.9 m", "2.7 m", "N"]
    crowded = [e.text for e in drawn(scene(*[n / 10 for n in range(1, 30)])).iter(f"{SVG}text")]
    assert 2 < len(crowded) < 29
    assert crowded[0] == "2.9 m"


def test_a_level_whose_top_nobody_knows_is_flat_and_has_no_height():
    root = drawn(scene(None))
    assert [e.text for e in root.iter(f"{SVG}text")] == ["N"]


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"&<'])
def test_words_are_escaped(evil):
    assert drawn(scene(3), title=evil).find(f"{SVG}title").text == evil


def test_a_tower_is_kept_to_the_frame():
    root = drawn(scene(300))
    assert float(root.get("viewBox").split()[3]) <= 401
