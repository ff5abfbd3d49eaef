"""What a caller asks of a collection, read strictly: an unknown or repeated parameter is refused, not ignored."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.http import QueryDict

from apps.common.calendar import parse_day
from apps.common.clock import today
from apps.common.errors import BadInputError
from apps.common.instants import parse_instant
from apps.open_data.boxes import read_box
from apps.open_data.collections import Collection
from apps.open_data.spans import Span, on_day, parse_span

COMMON = ("f", "lang")
CLOCKS = ("on", "known_at")
ITEM = (*COMMON, *CLOCKS, "crs")
ITEMS = (*ITEM, "limit", "bbox", "bbox-crs", "datetime", "after", "properties", "skipGeometry")
_LONGEST_AFTER = 80


@dataclass(frozen=True, slots=True)
class Question:
    """The days asked about, the instant of knowledge (None = now), the area, property filters, where to go on."""

    collection: Collection
    state: str
    span: Span
    known_at: datetime | None = None
    box: str = ""
    box_srid: int = 4326
    equal: Mapping[str, str] = field(default_factory=dict)
    after: tuple[str, int] | None = None


# pygeoapi makes the provider by itself, so the question is handed to it beside the call.
_asked: ContextVar[Question] = ContextVar("asked")


@contextmanager
def asking(question: Question) -> Iterator[None]:
    """Within it, `asked()` is the question."""
    token = _asked.set(question)
    try:
        yield
    finally:
        _asked.reset(token)


def asked() -> Question:
    """The question of the running request."""
    return _asked.get()


def check_names(given: QueryDict, allowed: tuple[str, ...]) -> None:
    """Raise BadInputError when a parameter is not one of `allowed` or is given twice."""
    for name, values in given.lists():
        if name not in allowed:
            raise BadInputError(
                fa=f"پارامتر «{name[:40]}» اینجا نیست. پارامترها: {'، '.join(allowed)}.",
                en=f"There is no parameter “{name[:40]}” here. Parameters: {', '.join(allowed)}.",
                parameter=name[:40],
            )
        if len(values) > 1:
            raise BadInputError(
                fa=f"پارامتر «{name}» بیش از یک بار آمده است. آن را یک بار بنویسید.",
                en=f"The parameter “{name}” is given more than once. Write it once.",
                parameter=name,
            )
    if given.get("f", "json") != "json":
        raise BadInputError(
            fa="تنها قالب این نشانی «f=json» است.", en="The only format of this address is “f=json”.", parameter="f"
        )
    languages = [code for code, _ in settings.LANGUAGES]
    if "lang" in given and given["lang"] not in languages:
        raise BadInputError(
            fa=f"زبان‌ها: {'، '.join(languages)}.", en=f"Languages: {', '.join(languages)}.", parameter="lang"
        )


def read_items(given: QueryDict, collection: Collection, state: str) -> Question:
    """The question behind …/items. Raises BadInputError naming the parameter and what to write."""
    check_names(given, (*ITEMS, *collection.filters))
    plain = _plain(given)
    box, srid = read_box(plain.get("bbox"), plain.get("bbox-crs"))
    return Question(
        collection=collection,
        state=state,
        span=_span(plain),
        known_at=_known_at(plain),
        box=box,
        box_srid=srid,
        equal={name: plain[name] for name in collection.filters if name in plain},
        after=_after(plain.get("after")),
    )


def read_item(given: QueryDict, collection: Collection, state: str) -> Question:
    """The question behind …/items/{id}."""
    check_names(given, ITEM)
    plain = _plain(given)
    return Question(collection=collection, state=state, span=_span(plain), known_at=_known_at(plain))


def _plain(given: QueryDict) -> dict[str, str]:
    return {name: str(value) for name, value in given.items()}


def _span(given: Mapping[str, str]) -> Span:
    if "on" in given and "datetime" in given:
        raise BadInputError(
            fa="«on» و «datetime» با هم نمی‌آیند؛ یکی را بنویسید.",
            en="“on” and “datetime” do not go together; write one of them.",
        )
    if "datetime" in given:
        return parse_span(given["datetime"], time_zone=settings.TIME_ZONE)
    return on_day(parse_day(given["on"][:40]) if "on" in given else today())


def _known_at(given: Mapping[str, str]) -> datetime | None:
    return parse_instant(given["known_at"]) if "known_at" in given else None


def _after(raw: str | None) -> tuple[str, int] | None:
    """'<place>.<key>' of the last item of the page before, as written in its link "next"."""
    if raw is None:
        return None
    place, _, key = raw[:_LONGEST_AFTER].rpartition(".")
    if not key.isascii() or not key.isdigit() or len(key) > 18:  # noqa: PLR2004 - digits of a bigint
        raise BadInputError(
            fa="«after» خوانا نیست؛ پیوند «next» صفحهٔ پیش را همان‌گونه که هست دنبال کنید.",
            en="“after” cannot be read; follow the link “next” of the page before as it is.",
            parameter="after",
        )
    return place, int(key)
