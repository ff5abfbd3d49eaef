"""Frozen evidence: known by its digest, byte by byte, once, for ever."""

import pytest
from django.db import DatabaseError, transaction

from apps.common.errors import NotFoundError
from apps.extracts.canonical import sealed
from apps.extracts.extract import Extract
from apps.extracts.frozen import freeze, frozen, frozen_many, stated
from apps.extracts.models import FrozenExtract, IssuedExtract, KeptExtract
from apps.extracts.services import compose
from tests.browser.city import CODES, SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def extract(db: None) -> Extract:
    SmallCity()
    return compose(parcel=CODES["A"])


def test_what_was_frozen_comes_back_byte_by_byte(extract: Extract) -> None:
    digest = freeze(extract)
    assert digest == extract.digest == extract.data["digest"]
    assert frozen(digest).body == extract.body
    said = stated(frozen(digest))
    assert (said.law, said.known_at.year) == (extract.data["law"]["version"], int(extract.data["known_at"][:4]))


def test_twice_is_once(extract: Extract) -> None:
    again = compose(parcel=CODES["A"])
    assert freeze(extract) == freeze(again)
    assert FrozenExtract.objects.count() == 1


def test_bytes_that_are_not_those_of_the_digest_are_refused() -> None:
    body, digest = sealed({"law": {"version": 1}})
    with pytest.raises(ValueError, match="is not the digest"):
        freeze(Extract(digest="sha256:" + "0" * 64, plain=body))
    for forged in (body.replace(b'"version":1', b'"version":2'), body.replace(digest.encode(), b"sha256:0")):
        with pytest.raises(ValueError, match="is not the digest"):
            freeze(Extract(digest=digest, plain=forged))
    assert not FrozenExtract.objects.exists()


def test_it_is_never_changed_or_removed(extract: Extract) -> None:
    freeze(extract)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FrozenExtract.objects.update(body=b"")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FrozenExtract.objects.all().delete()
    assert frozen(extract.digest).body == extract.body


def test_what_was_never_frozen_is_said_so(extract: Extract) -> None:
    with pytest.raises(NotFoundError):
        frozen(extract.digest)
    assert frozen_many([extract.digest]) == {}


def test_an_answer_asked_for_in_passing_leaves_no_trace(extract: Extract) -> None:
    kept = KeptExtract.objects.count()
    known = stated(extract).known_at
    passing = compose(parcel=CODES["A"], known_at=known, remember=False)
    assert passing.digest == extract.digest
    compose(parcel=CODES["B"], remember=False)
    assert (KeptExtract.objects.count(), IssuedExtract.objects.count()) == (kept, 0)
