"""How a file is to be read and what it becomes: what a planner fills in, and what is refused of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jdatetime

from apps.common import clock
from apps.common.errors import BadInputError
from apps.common.text import latin_digits
from apps.desk.models import IntakeRun
from apps.legal.models import Instrument, Rank
from gis_layers.models import Edition, Theme

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,78}")
_TITLE = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """`mapping`: code, label_fa, label_en → fields of the layer; `coverage`: see apps.desk.intake_coverage.choice."""

    theme: str
    layer: str
    mapping: Mapping[str, str]
    title_fa: str
    title_en: str
    instrument: str
    coverage: Mapping[str, Any]
    rank: int = Rank.CITY_PLAN
    crs: str = ""
    encoding: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


def settle(run: IntakeRun, plan: Plan) -> None:
    """Write the plan into the run. Raises BadInputError that names the field (`details.field`)."""
    theme = Theme.objects.filter(code=plan.theme).first()
    if theme is None:
        raise fault("theme", fa="موضوع لایه را برگزینید.", en="Choose the theme of the layer.")
    mapping = {target: name for target, name in plan.mapping.items() if name}
    if not mapping.get("code"):
        raise fault("code", fa="بگویید کد پهنه در کدام ستون است.", en="Say which field holds the zone's code.")
    run.theme, run.layer, run.mapping = theme, plan.layer[:200], mapping
    run.crs, run.encoding, run.coverage = clean_crs(plan.crs), plan.encoding.strip()[:40], dict(plan.coverage)
    standing = _kept_instrument(run)
    if standing is not None:
        run.instrument_code, run.rank = standing.code, standing.rank
        run.title_fa, run.title_en = standing.title_fa, standing.title_en
        return
    run.title_fa, run.title_en = clean_title("title_fa", plan.title_fa), clean_title("title_en", plan.title_en)
    run.instrument_code, run.rank = free_code(plan.instrument or proposed_code(theme.code)), Rank(plan.rank)


def _kept_instrument(run: IntakeRun) -> Instrument | None:
    """The instrument of the draft that this run puts itself in the place of: its name and rank stay."""
    before = run.corrects
    if before is None or before.edition_id is None:
        return None
    return Instrument.objects.filter(code=before.instrument_code).first()


def free_code(raw: str) -> str:
    """A code that no instrument has. Raises BadInputError."""
    code = latin_digits(raw.strip().lower())
    if not _CODE.fullmatch(code):
        raise fault(
            "instrument",
            fa="کد سند تنها حرف‌های کوچک لاتین، رقم و خط تیره دارد، مانند height-code-1405-1.",
            en="An instrument's code has small Latin letters, digits and dashes only, like height-code-1405-1.",
        )
    if Instrument.objects.filter(code=code).exists():
        raise fault(
            "instrument",
            fa=f"سندی با کد {code} هست. کد دیگری برگزینید.",
            en=f"There is an instrument {code} already. Choose another code.",
        )
    return code


def clean_book(raw: str) -> str:
    """The code of a rulebook, which its successors keep. Raises BadInputError."""
    code = latin_digits(raw.strip().lower())
    if not _CODE.fullmatch(code):
        raise fault(
            "book",
            fa="کد دفتر ضوابط تنها حرف‌های کوچک لاتین، رقم و خط تیره دارد، مانند isf-heights.",
            en="A rulebook's code has small Latin letters, digits and dashes only, like isf-heights.",
        )
    return code[:60]


def proposed_code(stem: str) -> str:
    """'height-code-1405-2': the stem, the city's Jalali year, the first number that is free."""
    year = jdatetime.date.fromgregorian(date=clock.today()).year
    start = f"{stem.replace('_', '-').lower()}-{year}-"
    taken = set(Instrument.objects.filter(code__startswith=start).values_list("code", flat=True))
    taken |= set(IntakeRun.objects.filter(instrument_code__startswith=start).values_list("instrument_code", flat=True))
    return next(f"{start}{n}" for n in range(1, len(taken) + 2) if f"{start}{n}" not in taken)


def clean_crs(raw: str) -> str:
    """'EPSG:32639' from '32639', 'epsg:32639' or '' . Raises BadInputError."""
    text = latin_digits(raw.strip().upper())
    text = f"EPSG:{text}" if text.isdigit() else text
    if text and not re.fullmatch(r"EPSG:\d{4,6}", text):
        raise fault(
            "crs",
            fa="سامانهٔ مختصات را با شمارهٔ آن بنویسید، مانند EPSG:32639.",
            en="Write the reference system by its number, like EPSG:32639.",
        )
    return text


def coverable(theme: Theme) -> list[Edition]:
    """Editions of the theme whose coverage can be taken over: those taken in, newest first."""
    editions = Edition.objects.filter(theme=theme, state="taken_in").select_related("instrument").defer("coverage")
    return list(editions.order_by("-taken_in_at"))


def clean_title(name: str, raw: str) -> str:
    """A title without stray spaces. Raises BadInputError naming the field when it is empty or too long."""
    title = " ".join(raw.split())
    if not title or len(title) > _TITLE:
        raise fault(
            name,
            fa=f"عنوان را به هر دو زبان بنویسید (هر یک تا {_TITLE} نویسه).",
            en=f"Write the title in both languages (up to {_TITLE} characters each).",
        )
    return title


def fault(name: str, *, fa: str, en: str) -> BadInputError:
    """An error that belongs to a field of the form."""
    return BadInputError(fa=fa, en=en, field=name)
