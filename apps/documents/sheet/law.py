"""Duties, pending law and layers of a sheet."""

from collections.abc import Iterator, Sequence

from apps.documents.pen import Pen
from apps.documents.sheet import phrases
from apps.documents.sheet.phrases import Json
from apps.documents.sheet.records import Duty, DutyGroup, Layer, LayerList, PendingLaw, Row

KINDS = ("forbidden", "consultation", "warning", "duty", "document")
ANSWERS = ("not_known", "applies", "does_not_apply")


def pending(pen: Pen, raw: Json) -> PendingLaw:
    """One edition that is not law now."""
    return PendingLaw(
        status=pen.say(raw["status_label"]),
        title=pen.say(raw["instrument"]["title"]),
        text=pen.say(raw["text"]),
        changes=tuple(_change(pen, change) for change in raw["would_be"]),
        act=phrases.act(pen, raw["act"]),
        zones=tuple(phrases.zone(pen, zone) for zone in raw["zones"]),
    )


def duty_groups(pen: Pen, duties: Sequence[Json], notes: Sequence[Json]) -> tuple[DutyGroup, ...]:
    """Duties by kind, each sentence once; notes of the rules stand with the warnings."""
    return tuple(group for kind in KINDS if (group := _group(pen, kind, duties, notes)).duties)


def layer_lists(pen: Pen, themes: Json) -> tuple[LayerList, ...]:
    """The three answers, the open one first."""
    return tuple(
        LayerList(answer, pen.word(answer), tuple(_layer(pen, theme) for theme in themes[answer])) for answer in ANSWERS
    )


def _change(pen: Pen, raw: Json) -> Row:
    now, then = (
        pen.word("not_known") if value is None else pen.value(value, raw["unit"])
        for value in (raw["now"], raw["value"])
    )
    return Row(label=pen.say(raw["label"]), value=now, extra=then)


def _group(pen: Pen, kind: str, duties: Sequence[Json], notes: Sequence[Json]) -> DutyGroup:
    found = [_duty(pen, duty) for duty in duties if duty["kind"] == kind]
    if kind == "warning":
        found.extend(Duty(pen.say(note), "", "") for note in notes)
    return DutyGroup(kind, pen.word(kind), tuple(dict.fromkeys(found)))


def _duty(pen: Pen, raw: Json) -> Duty:
    return Duty(pen.say(raw["text"]), phrases.office(pen, raw["office"]), phrases.source(pen, raw))


def _layer(pen: Pen, theme: Json) -> Layer:
    label = pen.say(theme["label"])
    return Layer(
        label=label,
        zones=tuple(_zones(pen, theme["zones"])),
        gaps=phrases.gaps(pen, label, theme["unknown"]),
        slivers=tuple(_zones(pen, theme["slivers"])),
        editions=tuple(phrases.edition(pen, edition) for edition in theme["editions"]),
    )


def _zones(pen: Pen, zones: Sequence[Json]) -> Iterator[str]:
    return (phrases.zone(pen, zone) for zone in zones)
