"""Planners, files and runs for the tests of live intake."""

from datetime import date
from pathlib import Path
from typing import Any

from apps.common.city import current_city
from apps.desk import intake, intake_running, uploads
from apps.desk.intake_plan import Plan
from apps.desk.models import IntakeRun
from apps.parties.models import Person, Role
from apps.parties.services import ensure_assignment, ensure_person

SINCE = date(2020, 1, 1)
THEME = "height_code"
MAPPING = {"code": "code", "label_fa": "label_fa", "label_en": "label_en"}


def planner(
    mobile: str = "09121110001", *, themes: list[str] | None = None, districts: list[int] | None = None
) -> Person:
    """Somebody who edits the rules of these themes and districts (None = all)."""
    person = ensure_person(mobile=mobile, name_fa="برنامه‌ریز", name_en="Planner", synthetic=True, verified=True)
    ensure_assignment(person=person, role=Role.RULE_EDITOR, since=SINCE, themes=themes, districts=districts)
    return person


def send(person: Person, path: Path, name: str = "") -> uploads.Upload:
    """The file uploaded in portions."""
    body = path.read_bytes()
    upload = uploads.begin(person=person, file_name=name or path.name, size=len(body))
    for start in range(0, len(body), 40_000):
        upload = uploads.append(person=person, upload_id=upload.pk, offset=start, body=body[start : start + 40_000])
    return upload


def plan(**changes: Any) -> Plan:
    """The usual reading of a small height plan."""
    facts: dict[str, Any] = {
        "theme": THEME, "layer": "features", "mapping": MAPPING, "title_fa": "بازنگری", "title_en": "Revision",
        "instrument": "height-code-1405-1", "coverage": {"kind": "features"},
    }  # fmt: skip
    return Plan(**{**facts, **changes})


def started(person: Person, path: Path, *, corrects: IntakeRun | None = None, **changes: Any) -> IntakeRun:
    """A run that waits for a worker."""
    run = intake.bring(person=person, upload_ids=[send(person, path).pk], corrects=corrects.pk if corrects else None)
    return intake.start(person=person, run_id=run.pk, plan=plan(**changes))


def done(person: Person, path: Path, **changes: Any) -> IntakeRun:
    """A run that a worker has done."""
    run = started(person, path, **changes)
    intake_running.perform(run.pk)
    run.refresh_from_db()
    return run


def build_rulebooks_of_city() -> None:
    """Themes, offices and sample rulebooks of the city package."""
    from apps.api.city_build.law import build_offices, build_rulebooks, build_themes
    from apps.api.city_build.ledger import Ledger

    city, ledger = current_city(), Ledger(lambda _line: None)
    build_offices(city, ledger)
    build_themes(city, ledger)
    build_rulebooks(city, ledger)
