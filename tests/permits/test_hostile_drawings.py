"""Drawings that are small as files and without end as outlines: refused before a point too many is made."""

import ezdxf
import pytest

from apps.permits import proposal_dxf
from tests.permits.test_proposal_files import refused, saved


def empty() -> ezdxf.document.Drawing:
    made = ezdxf.new("R2010")
    made.units = 6
    return made


def arcs(wide: float, bulge: float) -> ezdxf.document.Drawing:
    """A lens of two arcs: its corners lie `wide` metres apart; a bulge of 1 is half a circle."""
    made = empty()
    made.modelspace().add_lwpolyline([(0, 0, 0, 0, bulge), (wide, 0, 0, 0, bulge)], close=True)
    return made


@pytest.mark.parametrize(
    ("wide", "bulge", "said"),
    [
        (1e12, 1.0, "larger than any building"),
        (1_000, 1e9, "larger than any building"),
        (60_000, 1.0, "larger than any building"),
        (1e300, 1.0, "cannot be read"),
    ],
)
def test_an_arc_of_a_planets_size_is_never_drawn(
    wide: float, bulge: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few hundred bytes would become millions of chords."""
    monkeypatch.setattr("ezdxf.path.Path.flattening", lambda *_: pytest.fail("it was drawn"))
    assert said in refused(saved(arcs(wide, bulge))).message.en


def test_many_arcs_on_one_outline() -> None:
    """Points are counted while they are made."""
    made = empty()
    zigzag = [(20_000 * (n % 2), n, 0, 0, 1.0) for n in range(400)]
    made.modelspace().add_lwpolyline(zigzag, close=True)
    assert "very many" in refused(saved(made)).message.en


def test_many_outlines_of_many_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a drawing's outlines together have a limit as well."""
    monkeypatch.setattr(proposal_dxf, "MOST_POINTS_IN_ALL", 14)
    square = [(0, 0), (4, 0), (4, 4), (0, 4)]
    made = empty()
    for n in range(2):
        made.modelspace().add_lwpolyline([(x + 9 * n, y) for x, y in square], close=True)
    proposal_dxf.read_layers(saved(made))
    made.modelspace().add_lwpolyline(square, close=True)
    assert "very many" in refused(saved(made)).message.en
