"""The law as it would be with acts that nobody has signed yet: really recorded, looked at, and taken back.

So a rehearsal cannot differ from what signing does. It holds the law's lock while it lasts: read what is needed,
leave, and compute outside.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from apps.legal.models import LegalAct
from apps.legal.services import record_act
from apps.parties.models import Person

_NOBODY = "+0000000000"


@contextmanager
def rehearsed(acts: Sequence[Mapping[str, Any]]) -> Iterator[tuple[LegalAct, ...]]:
    """Record the acts (arguments of `record_act`; `countersigned_by` may be missing), yield them, take all of it back.

    Nobody is told of them. Raises what `record_act` raises. Ids of a rehearsal are never given again, so nothing that
    is remembered by them can be mistaken for real law.
    """
    with transaction.atomic():
        yield tuple(record_act(**_signed(act)) for act in acts)
        transaction.set_rollback(True)


def _signed(act: Mapping[str, Any]) -> Mapping[str, Any]:
    """The act with somebody in the place of the second person, who is not there yet."""
    if act.get("countersigned_by") is not None:
        return act
    nobody, _ = Person.objects.get_or_create(mobile=_NOBODY, defaults={"is_active": False})
    return {**act, "countersigned_by": nobody}
