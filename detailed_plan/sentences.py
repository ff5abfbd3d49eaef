"""Why a plan value is what it is, in plain Persian and English. Pure."""

from decimal import Decimal

from apps.common.text import Text
from apps.legal import decision_table
from apps.legal.answers import Value
from apps.legal.subjects import SUBJECTS, Direction
from apps.legal.tables import said, wording
from apps.legal.tables.spots import Spot
from apps.legal.tables.table import Row
from apps.legal.tables.values import amount, valued


def explained(base: Row, value: Value, also: tuple[Row, ...], spot: Spot) -> Text:
    """The base row's sentence, what each further row changes, and what comes out."""
    said_here = said.told(base, valued(base, spot.facts))
    if not also:
        return said_here
    parts = [said_here, *(_change(row, spot) for row in also)]
    subject = SUBJECTS[base.provision.subject]
    if isinstance(value, Decimal) and subject.direction is not Direction.SCHEDULE:
        result = wording.counted(value, subject.unit)
        parts.append(Text(fa=f"در نتیجه {result.fa}", en=f"that makes {result.en}"))
    return wording.joined(parts)


def withheld(row: Row, spot: Spot) -> Text:
    """Why a bonus was not counted."""
    missing = wording.labels(decision_table.unknown_facts(row.provision, spot.facts), spot.facts)
    where = wording.article(row.provision)
    return Text(
        fa=f"تشویق {where.fa} حساب نشد، چون این‌ها معلوم نیست: {missing.fa}.",
        en=f"The bonus of {where.en} was not counted, because this is not known: {missing.en}.",
    )


def _change(row: Row, spot: Spot) -> Text:
    if row.provision.effect != "reduce":
        return row.provision.text
    less = wording.counted(amount(row), SUBJECTS[row.provision.subject].unit)
    cause = _shortfall(row, spot) or row.provision.text
    return Text(fa=f"{cause.fa.rstrip('.')}: {less.fa} کمتر", en=f"{cause.en.rstrip('.')}: {less.en} less")


def _shortfall(row: Row, spot: Spot) -> Text | None:
    """'the width of the passage is 8 m and article 8-3 asks for 10 m', where the row asks for one least number."""
    asked = [(name, decision_table.parse_condition(cell)) for name, cell in row.provision.when.items()]
    bounds = [(n, c) for n, c in asked if isinstance(c, decision_table.Between) and c.low is None and c.high]
    if len(bounds) != 1:
        return None
    name, condition = bounds[0]
    fact = spot.facts[name]
    if not isinstance(fact.value, Decimal) or condition.high is None:
        return None
    is_now, wanted = wording.quantity(fact.value, fact.unit), wording.quantity(condition.high, fact.unit)
    where = wording.article(row.provision)
    label = fact.label.en[:1].lower() + fact.label.en[1:]
    return Text(
        fa=f"{fact.label.fa} {is_now.fa} است و {where.fa} دست‌کم {wanted.fa} می‌خواهد",
        en=f"the {label} is {is_now.en} and {where.en} asks for {wanted.en}",
    )
