"""Facts of the parcel: what is recorded, and what is too absurd to count as recorded."""

from decimal import Decimal

import pytest

from apps.extracts.facts import Site


def site(*, deed: str | None, drawn: str) -> Site:
    """A parcel of which only the areas matter."""
    unknown = dict.fromkeys(
        ("passage_width_m", "frontage_m", "corner", "consolidated", "existing_storeys", "existing_height_m", "district")
    )
    words = dict.fromkeys(("plate", "address", "passage_name", "neighbourhood"), "")
    return Site(
        code="3-1-1-1-0-0-0", version_id=1, version=1, chunk=1, deed_area_m2=None if deed is None else Decimal(deed),
        drawn_area_m2=Decimal(drawn), centroid_web=(0, 0), bbox_web=(0, 0, 0, 0), **words, **unknown,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "drawn", "legal"),
    [
        ("240", "242.1", "240"),
        ("244", "242.1", "242.1"),
        (None, "242.1", "242.1"),
        ("122", "242.1", "122"),
        ("480", "242.1", "242.1"),
        ("0", "242.1", None),
        ("-3", "242.1", None),
        ("0.01", "242.1", None),
        ("99", "242.1", None),
        ("24210", "242.1", None),
        ("240", "0", None),
        (None, "0", None),
    ],
)
def test_legal_area_is_the_smaller_and_not_known_when_absurd(deed, drawn, legal):
    """A deed of 99 m² on a plot drawn with 242 m² would earn the coverage of small plots."""
    assert site(deed=deed, drawn=drawn).legal_area_m2 == (None if legal is None else Decimal(legal))
