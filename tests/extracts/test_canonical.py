"""Our canonical bytes are RFC 8785 bytes."""

from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.canonical import canonical, digest, number, sealed

numbers = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(-1e12, 1e12, allow_nan=False).map(number),
    st.decimals(-1_000_000, 1_000_000, places=4).map(number),
)
leaves = st.one_of(st.none(), st.booleans(), numbers, st.text())
keys = st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)
documents = st.dictionaries(
    keys, st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)
)


@given(documents)
def test_bytes_equal_the_reference_library(document):
    assert canonical(document) == rfc8785.dumps(document)


@pytest.mark.parametrize(
    ("raw", "written"),
    [(Decimal("240.00"), 240), (15.504, 15.5), (Decimal("0.125"), 0.12), (0, 0), (-0.001, 0), (99.999, 100)],
)
def test_one_spelling_per_number(raw, written):
    assert number(raw) == written
    assert type(number(raw)) is type(written)


def test_digest_moves_with_content_and_not_with_key_order():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


@given(documents)
def test_sealed_is_canonical_with_the_digest_of_the_rest(document):
    document.pop("digest", None)
    body, seal = sealed(document)
    assert seal == digest(document)
    assert body == canonical({**document, "digest": seal})
