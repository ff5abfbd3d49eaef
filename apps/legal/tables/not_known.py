"""All the ways in which a table does not know: silent themes, missing rows, missing facts. Pure."""

from dataclasses import replace

from apps.common.text import Text
from apps.legal.answers import Outcome, Question, SourceAnswer, Unknown, WhyNot
from apps.legal.decision_table import unknown_facts
from apps.legal.tables import wording
from apps.legal.tables.spots import Spot
from apps.legal.tables.table import Row, Table

FACTS_OFFICE = "district"
"""Keeps the parcel's record: asked when a fact is missing. Every city package names this office."""
RULES_OFFICE = "planning"
"""Keeps the rulebooks: asked when no row speaks. Every city package names this office."""


def theme_unknowns(table: Table, question: Question) -> SourceAnswer:
    """A theme that is not known makes every subject hanging on it not known, with the theme's own reason."""
    found: list[Unknown] = []
    for theme in table.themes:
        reasons = _reasons(question, theme)
        found.extend(replace(r, theme=theme, subject=s) for s in table.hanging[theme] for r in reasons)
    return SourceAnswer(unknowns=tuple(found))


def rule_gaps(table: Table, spot: Spot) -> SourceAnswer:
    """Subjects on which the tables are silent although they should speak.

    On a zone: every subject when no row names the zone's code; else each subject that the theme's rows set in
    any zone, or limit in this one, while none of the rows that could do so here holds. On the whole parcel:
    each subject that has `set` rows of which none holds.
    """
    if spot.hit is None:
        needed = set(spot.subjects("set"))
    elif any(r.provision.zone == spot.hit.code for r in spot.rows):
        needed = {*table.set_in[spot.hit.theme], *spot.subjects("set", "cap", "undecided")}
    else:
        return SourceAnswer(unknowns=tuple(no_rule(s, spot) for s in table.hanging[spot.hit.theme]))
    return SourceAnswer(unknowns=tuple(no_rule(s, spot) for s in sorted(needed) if not _spoken(spot, s)))


def unspoken(table: Table, subjects: tuple[str, ...]) -> SourceAnswer:
    """Subjects of this source of which no row in force speaks at all: not known, never 'no limit'."""
    return SourceAnswer(unknowns=tuple(no_rule(s, None) for s in subjects if s not in table.spoken))


def no_rule(subject: str, spot: Spot | None) -> Unknown:
    """The unknown of a subject for which no row holds."""
    hit = spot.hit if spot else None
    if hit is None:
        return Unknown(WhyNot.NO_RULE, _SILENT, RULES_OFFICE, subject=subject)
    text = Text(fa=_NO_RULE.fa.format(code=hit.code), en=_NO_RULE.en.format(code=hit.code))
    return Unknown(WhyNot.NO_RULE, text, RULES_OFFICE, theme=hit.theme, subject=subject, share=hit.share)


def fact_unknown(row: Row, spot: Spot, *, names: tuple[str, ...] = ()) -> Unknown:
    """The unknown of a row that hangs on facts nobody has recorded; names them and whom to ask."""
    missing = wording.labels(names or unknown_facts(row.provision, spot.facts), spot.facts)
    where = wording.article(row.provision)
    return Unknown(
        why=WhyNot.FACT_UNKNOWN,
        text=Text(
            fa=f"{missing.fa} در پروندهٔ این قطعه ثبت نشده است و {where.fa} به آن بسته است؛ از دفتر مسئول بپرسید.",
            en=f"Not on record: {missing.en}; {where.en} hangs on it. Ask the responsible office.",
        ),
        office=FACTS_OFFICE,
        theme=row.provision.theme,
        subject=row.provision.subject,
    )


def _reasons(question: Question, theme: str) -> tuple[Unknown, ...]:
    finding = question.findings.get(theme)
    if finding is None:
        return (Unknown(WhyNot.NO_EDITION, _UNHEARD, RULES_OFFICE),)
    if finding.outcome is not Outcome.NOT_KNOWN:
        return ()
    return finding.unknowns or (Unknown(WhyNot.FAILED, _UNHEARD, RULES_OFFICE),)


def _spoken(spot: Spot, subject: str) -> bool:
    speaking = (r for effect in ("set", "cap", "undecided") for r in spot.of(effect, subject))
    return any(spot.verdict(r) is not False for r in speaking)


_SILENT = Text(
    fa="هیچ ضابطهٔ در اعتباری برای این حالت ردیفی ندارد؛ از معاونت شهرسازی بپرسید.",
    en="No rulebook in force has a row for this case; ask the planning office.",
)
_NO_RULE = Text(
    fa="نقشه در اینجا کد {code} دارد، ولی هیچ ضابطهٔ در اعتباری آن را معنا نمی‌کند؛ از معاونت شهرسازی بپرسید.",
    en="The layer has code {code} here, but no rulebook in force says what it means; ask the planning office.",
)
_UNHEARD = Text(
    fa="پاسخ این موضوع به دست نیامد؛ از دفتر مسئول بپرسید.",
    en="There is no answer on this theme; ask the responsible office.",
)
