"""Names in a table that this city does not know, and cells that the engine would refuse row by row. Pure."""

from collections.abc import Iterator, Mapping

from apps.legal.decision_table import Between, Condition, OneOf, YesNo, parse_condition
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import HEADER, WHEN, Row, Table
from apps.legal.rulebook_lint.vocabulary import Kind, KnownFact, Vocabulary, Where
from apps.legal.subject_list import Direction
from apps.legal.tables import expressions

_LIMITS = frozenset({Direction.MAX, Direction.MIN})
MEANS: Mapping[str, frozenset[Direction]] = {
    "derive": _LIMITS,
    "reduce": frozenset({Direction.MAX}),
    "raise": frozenset({Direction.MAX, Direction.SCHEDULE}),
    "floor": frozenset({Direction.MAX}),
}
"""Effects that have a meaning only for subjects of these directions."""
_BEFORE_STOREYS = frozenset({"set", "reduce", "raise", "floor"})
_FACT_VALUE = "fact:"


def faults(table: Table, words: Vocabulary) -> Iterator[Fault]:
    """Unknown facts, themes and categories; conditions and values of another kind; policies that say too much."""
    yield from _columns(table, words)
    policies: dict[str, Row] = {}
    for row in table.rows:
        yield from _places(table, row, words)
        yield from _effect(table, row, words)
        yield from _conditions(table, row, words)
        yield from _value(table, row, words)
        if row.effect == "policy":
            yield from _policy(table, row, words, policies)


def facts_in(value: str) -> tuple[str, ...]:
    """Names of the facts that a value cell takes its value from."""
    if value.startswith(_FACT_VALUE):
        return (value.removeprefix(_FACT_VALUE),)
    return expressions.parse(value).names if expressions.is_expression(value) else ()


def _columns(table: Table, words: Vocabulary) -> Iterator[Fault]:
    for column in (c for c in table.header if c.startswith(WHEN)):
        name = column.removeprefix(WHEN)
        if name not in words.facts:
            yield table.fault_on(HEADER, column, **_unknown_fact(name, words))


def _unknown_fact(name: str, words: Vocabulary) -> dict[str, str]:
    known = ", ".join(words.facts)
    return {
        "fa": f"این شهر «{name}» را نمی‌شناسد. شناخته‌ها: {known}",
        "en": f"this city knows no fact “{name}”. Known: {known}",
    }


def _places(table: Table, row: Row, words: Vocabulary) -> Iterator[Fault]:
    themes = {"": None, **words.themes}
    for column, known in (("theme", themes), ("category", words.categories)):
        listed = ", ".join(name for name in known if name)
        if known and row.cells[column] not in known:
            yield table.fault(row, column, fa=f"ناشناس. یکی از: {listed}", en=f"unknown {column}. One of: {listed}")


def _effect(table: Table, row: Row, words: Vocabulary) -> Iterator[Fault]:
    meant, effect, subject = MEANS.get(row.effect), row.effect, row.subject
    if meant is not None and words.subjects[subject].direction not in meant:
        fa, en = f"«{effect}» برای {subject} معنا ندارد.", f"“{effect}” has no meaning for {subject}."
        yield table.fault(row, "effect", fa=fa, en=en)


def _conditions(table: Table, row: Row, words: Vocabulary) -> Iterator[Fault]:
    for name, cell in row.when.items():
        fact, condition = words.facts.get(name), parse_condition(cell)
        if fact is None or condition is None:
            continue
        if not _fits(condition, fact):
            asked = {Kind.NUMBER: "100..150, 3|4", Kind.YES_NO: "yes, no", Kind.CODE: "A|B, not A|B"}[fact.kind]
            yield table.fault(
                row,
                WHEN + name,
                fa=f"{name} چنین پرسیده می‌شود: {asked}؛ نه «{cell}».",
                en=f"{name} is asked as {asked}, not as “{cell}”.",
            )
        yield from _reach(table, row, WHEN + name, fact)


def _fits(condition: Condition, fact: KnownFact) -> bool:
    if fact.kind is Kind.NUMBER:
        return isinstance(condition, Between) or (
            isinstance(condition, OneOf) and len(condition.numbers) == len(condition.options)
        )
    return isinstance(condition, YesNo if fact.kind is Kind.YES_NO else OneOf)


def _reach(table: Table, row: Row, column: str, fact: KnownFact) -> Iterator[Fault]:
    """A fact that can never be known where this row is asked: the row would never speak."""
    if fact.where is Where.ZONE and not row.cells["theme"]:
        yield table.fault(
            row,
            column,
            fa=f"{fact.name} فقط روی پهنه دانسته است؛ لایهٔ سطر را بنویسید.",
            en=f"{fact.name} is known on a zone only; name the row's theme.",
        )
    if fact.where is Where.STOREYS and row.effect in _BEFORE_STOREYS:
        yield table.fault(
            row,
            column,
            fa=f"{fact.name} هنگام «{row.effect}» هنوز دانسته نیست؛ derive بنویسید.",
            en=f"{fact.name} is not known yet when “{row.effect}” is read; use derive.",
        )


def _value(table: Table, row: Row, words: Vocabulary) -> Iterator[Fault]:
    if row.effect not in {"set", "derive", "cap"}:
        return
    for name in facts_in(row.cells["value"]):
        fact = words.facts.get(name)
        if fact is None:
            yield table.fault(row, "value", **_unknown_fact(name, words))
        elif fact.kind is not Kind.NUMBER:
            yield table.fault(row, "value", fa=f"{name} عدد نیست.", en=f"{name} is no number.")
        else:
            yield from _reach(table, row, "value", fact)


def _policy(table: Table, row: Row, words: Vocabulary, seen: dict[str, Row]) -> Iterator[Fault]:
    theme = words.themes.get(row.cells["theme"])
    if theme is None or not theme.partition:
        known = ", ".join(t.code for t in words.themes.values() if t.partition)
        fa, en = f"policy یک لایهٔ افرازی می‌خواهد: {known}", f"a policy names a partition theme: {known}"
        yield table.fault(row, "theme", fa=fa, en=en)
    if row.cells["zone"]:
        yield table.fault(row, "zone", fa="در policy خالی می‌ماند.", en="stays empty in a policy.")
    for name in row.when:
        yield table.fault(row, WHEN + name, fa="در policy خالی می‌ماند.", en="stays empty in a policy.")
    first = seen.setdefault(row.subject, row)
    if first is not row:
        at = table.at(first, "subject")
        yield table.fault(
            row,
            "subject",
            fa=f"{row.subject} یک policy دارد (خانهٔ \u2068{at}\u2069)؛ یکی را بردارید.",
            en=f"{row.subject} has a policy already ({at}); take one out.",
        )
