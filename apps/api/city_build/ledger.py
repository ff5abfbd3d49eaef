"""Which steps stand. A step runs in one transaction with its stamp: it stands whole, or not at all."""

from collections.abc import Callable

from django.db import transaction

from apps.common import clock
from apps.common.errors import ConflictError
from apps.common.models import BuildStep
from gis_layers.postgis_maintenance import one_builder_at_a_time

CITY = "city:"
Say = Callable[[str], None]


class Ledger:
    """Runs steps that do not stand yet and counts them."""

    def __init__(self, say: Say) -> None:
        """`say` takes one line of progress."""
        self.say = say
        self.done = 0

    def stands(self, name: str, fingerprint: str) -> bool:
        """Whether the step was done from exactly this."""
        return BuildStep.objects.filter(name=name, fingerprint=fingerprint).exists()

    def run(self, name: str, fingerprint: str, work: Callable[[], object]) -> None:
        """Do the step unless it stands; says what came of it."""
        if self.stands(name, fingerprint):
            return
        self.say(f"{name} …")
        with transaction.atomic():
            one_builder_at_a_time()
            if self.stands(name, fingerprint):
                return
            came = work()
            BuildStep.objects.update_or_create(name=name, defaults={"fingerprint": fingerprint, "done_at": clock.now()})
        self.done += 1
        self.say(f"{name}: {came}")


def city_key(code: str, parcels: int, seed: int) -> str:
    """Name of the stamp that says which city stands in this database."""
    return f"{CITY}{code}:{parcels}:{seed}"


def claim_city(key: str, *, filled: bool) -> None:
    """Stamp the database as holding this city. Raises ConflictError when it holds another, or unknown parcels."""
    standing = BuildStep.objects.filter(name__startswith=CITY).values_list("name", flat=True).first()
    if standing == key:
        return
    if standing is not None or filled:
        held = standing.removeprefix(CITY) if standing else "?"
        wanted = key.removeprefix(CITY)
        raise ConflictError(
            fa=f"این پایگاه داده شهر دیگری دارد ({held}) و {wanted} خواسته شده است (شهر:قطعات:بذر). "
            "همان شهر را بخواهید، یا پایگاه دادهٔ تازه‌ای بدهید (در نمونه: make clean-state).",
            en=f"This database holds another city ({held}); {wanted} was asked for (city:parcels:seed). "
            "Ask for the same city, or give a fresh database (for the demo: make clean-state).",
            held=held,
            wanted=wanted,
        )
    BuildStep.objects.create(name=key, fingerprint="", done_at=clock.now())
