"""The only door to the product: its commands, its extracts, its law. What comes out is plain JSON, dates and shapes."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from inspect import signature
from io import StringIO
from pathlib import Path
from typing import Any

import shapely
from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from apps.api.city_build.files import files_of, make_files
from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import ParvanehError
from apps.extracts.services import compose
from apps.legal.models import Instrument, InstrumentKind, LegalAct, ProvisionRow, Rulebook
from apps.legal.selectors import statuses_at
from tests.legal import test_field_cases, test_record_act, test_selectors
from tests.legal.build import Desk, box, edition
from tests.oracle.oracle import Question
from tests.oracle.package import Act, Row

FIXTURES = (test_field_cases, test_selectors, test_record_act)


def city_root() -> Path:
    """The package that this installation serves."""
    return Path(settings.CITY_ROOT)


def today() -> Question:
    """The question of somebody who asks now."""
    return Question(clock.today(), clock.now())


def generate(*, parcels: int, seed: int, var: Path) -> tuple[Path, dict[str, str]]:
    """Make the files that `build` will take; returns their folder and the showcase parcels by key."""
    with override_settings(VAR_DIR=var):
        folder = files_of(current_city(), parcels=parcels, seed=seed)
    make_files(current_city(), folder, parcels=parcels, seed=seed, say=lambda _line: None)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return folder, {case["key"]: case["code"] for case in manifest["showcase"]}


def build(*, parcels: int, seed: int, var: Path) -> Path:
    """Build the city into the database by its command; returns the folder of its files."""
    with override_settings(VAR_DIR=var):
        call_command("build_demo", "--overlays", "here", parcels=parcels, seed=seed, stdout=StringIO())
        return files_of(current_city(), parcels=parcels, seed=seed)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is taken back."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def extract(parcel: str, question: Question) -> dict[str, Any]:
    """The extract as its readers get it: parsed from its bytes."""
    return compose(parcel=parcel, on=question.on, known_at=question.known_at, permit_kind=question.permit_kind).data


def extract_now(parcel: str, permit_kind: str) -> dict[str, Any]:
    """The same without a day and an instant, as the page asks it."""
    return compose(parcel=parcel, permit_kind=permit_kind).data


def status(instrument: str, place: shapely.Point, on: date, known_at: datetime) -> set[str]:
    """How an instrument stands at a point: one status, or those of both sides on a border."""
    asked = Instrument.objects.get(code=instrument)
    spot = Point(place.x, place.y, srid=settings.CITY_SRID)
    return {part.status.value for part in statuses_at(instrument=asked, place=spot, on=on, known_at=known_at)}


@dataclass
class Witness(Desk):
    """The desk of the law's fixtures; remembers what was recorded at it."""

    acts: list[Act] = field(default_factory=list)

    def do(self, kind: str, instrument: Instrument, day: str, **extra: Any) -> LegalAct:
        """As the desk does, and remember."""
        made: LegalAct = super().do(kind, instrument, day, **extra)
        self.acts.append(_plain(made))
        return made

    def attempt(
        self,
        kind: str,
        code: str,
        *,
        signed: date,
        effective: date,
        heir: str = "",
        scope: tuple[int, ...] | None = None,
    ) -> None:
        """Record what the product takes; what it refuses is no part of the history."""
        plan = Instrument.objects.filter(code=code).first() or edition(code)
        stops = LegalAct.objects.filter(instrument=plan, kind="suspend").order_by("pk")
        extra: dict[str, Any] = {"scope": box(*scope) if scope else None, "effective": effective.isoformat()}
        if kind == "lift":
            extra["lifts"] = stops.last()
        if kind == "replace":
            extra["replaced_by"] = Instrument.objects.get(code=heir)
        try:
            self.do(kind, plan, signed.isoformat(), **extra)
        except ParvanehError:
            return

    def rulebook(self, rows: Sequence[Row], source: str, day: str) -> None:
        """A rulebook in force from a day on; put in past the checks of its file, which refuse most odd tables."""
        held = edition(rows[0].book, kind=InstrumentKind.RULEBOOK)
        book = Rulebook.objects.create(instrument=held, code=held.code, source=source, checksum="-")
        for position, row in enumerate(rows):
            cells = {n: v for n, v in vars(row).items() if n != "book"}
            ProvisionRow.objects.create(
                rulebook=book, position=position, category="ISF-08", text_fa="متن.", text_en="A text.", **cells
            )
        self.in_force(held, day)

    def repeal(self, code: str, day: str) -> None:
        """The end of an instrument."""
        self.do("repeal", Instrument.objects.get(code=code), day)


def _plain(act: LegalAct) -> Act:
    return Act(
        instrument=act.instrument.code,
        kind=str(act.kind),
        number=act.number,
        act_date=act.act_date,
        effective_on=act.effective_on,
        recorded_at=act.recorded_at.astimezone(UTC),
        scope=shapely.from_wkb(bytes(act.scope.wkb)) if act.scope else None,
        lifts=act.lifts.number if act.lifts else None,
        replaced_by=act.replaced_by.code if act.replaced_by else None,
    )


def law_fixtures() -> dict[str, Callable[..., None]]:
    """The cases of the law's own tests that ask for a desk and nothing else, by name."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": case
        for module in FIXTURES
        for name, case in vars(module).items()
        if name.startswith("test_") and callable(case) and list(signature(case).parameters) == ["desk"]
    }
