"""What differs between two states of a theme's map: ask for it, follow it, read it, give it up.

Asked once, kept for ever: the key names both states (their editions, order, places), the tolerance and the format.
`difference_work` computes it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from apps.common.clock import now
from apps.common.errors import NotFoundError
from apps.legal.models import LegalAct
from apps.map_services.difference_facts import Difference
from apps.map_services.difference_states import plates_of, plates_with, theme_on
from apps.map_services.difference_work import queue
from apps.map_services.keys import digest
from apps.map_services.models import DifferenceState, DifferenceView
from gis_layers.models import Edition, Theme
from gis_layers.postgis_difference_pieces import Line
from gis_layers.postgis_tiles_views import Plate

__all__ = ["Difference", "cancel_difference", "difference", "request_difference", "request_difference_of_days"]
__all__ += ["resume_difference", "unfinished"]

FORMAT = 1  # whoever changes what is computed changes this: keys are for ever
_OPEN = (DifferenceState.WAITING, DifferenceState.RUNNING)


def request_difference(*, edition_id: int, on: date) -> str:
    """Ask what changes when this edition binds, against what governs of its theme on the day; returns the key.

    Asking again is free. Queued after commit. Raises NotFoundError.
    """
    edition = _edition(edition_id)
    shown = theme_on(theme=edition.theme, on=on)
    return _request(edition.theme, plates_of(shown), plates_with(edition, shown), edition=edition)


def request_difference_of_days(*, theme: Theme, start: date, end: date) -> str:
    """Ask what differs between what a theme shows on two days; returns the key. Only editions with acts show.

    What the desk gave up under this key is taken up again: here nobody can.
    """
    before, after = (plates_of(theme_on(theme=theme, on=day)) for day in (start, end))
    key = _request(theme, before, after, edition=None)
    if DifferenceView.objects.filter(key=key, state=DifferenceState.CANCELLED).exists():
        resume_difference(key)
    return key


def difference(key: str) -> Difference:
    """How far it is and what it says. Raises NotFoundError."""
    view = _view(key)
    return Difference(
        key=view.key,
        theme=view.theme.code,
        edition_id=view.edition_id,
        public=_is_public(view),
        state=DifferenceState(view.state),
        done_cells=view.work.filter(done=True).count(),
        all_cells=view.cells,
        lines=tuple(_line(raw) for raw in view.lines),
    )


def cancel_difference(key: str) -> bool:
    """Stop computing; what is computed stays and is taken up when it is asked for again. False when it was done."""
    return DifferenceView.objects.filter(key=key, state__in=_OPEN).update(state=DifferenceState.CANCELLED) == 1


def resume_difference(key: str) -> None:
    """Take up what was cancelled or lost. Raises NotFoundError."""
    view = _view(key)
    DifferenceView.objects.filter(pk=view.pk, state=DifferenceState.CANCELLED).update(state=DifferenceState.WAITING)
    if view.state != DifferenceState.DONE:
        queue(key)


def unfinished() -> list[str]:
    """Keys of differences that are neither done nor given up."""
    return list(DifferenceView.objects.filter(state__in=_OPEN).order_by("pk").values_list("key", flat=True))


def _request(theme: Theme, before: Sequence[Plate], after: Sequence[Plate], *, edition: Edition | None) -> str:
    states = [[_plain(plate) for plate in side] for side in (before, after)]
    key = digest(["difference", FORMAT, theme.code, theme.kind, theme.tolerance_m2, states])
    facts = {
        "theme": theme,
        "edition": edition,
        "editions": sorted({plate.edition_id for plate in (*before, *after)}),
        "before": states[0],
        "after": states[1],
        "made_at": now(),
    }
    _, made = DifferenceView.objects.get_or_create(key=key, defaults=facts)
    if made:
        queue(key)
    return key


def _is_public(view: DifferenceView) -> bool:
    """Whether every edition in it is named by an act: a draft is nobody's but the desk's."""
    instruments = set(Edition.objects.filter(pk__in=view.editions).values_list("instrument_id", flat=True))
    named = LegalAct.objects.filter(instrument__in=instruments).order_by().values("instrument_id").distinct().count()
    return named == len(instruments) == len(view.editions)


def _edition(edition_id: int) -> Edition:
    found = Edition.objects.select_related("theme", "instrument").filter(pk=edition_id).first()
    if found is None:
        raise NotFoundError(
            fa="چنین نسخه‌ای از لایه نیست. آن را از فهرست نسخه‌ها برگزینید.",
            en="There is no such edition of a layer. Choose it from the list of editions.",
            edition=edition_id,
        )
    return found


def _view(key: str) -> DifferenceView:
    found = DifferenceView.objects.select_related("theme").filter(key=key).first()
    if found is None:
        raise NotFoundError(
            fa="چنین مقایسه‌ای نیست. آن را از صفحهٔ مقایسه دوباره بخواهید.",
            en="There is no such comparison. Ask for it again on the page that compares.",
            key=key,
        )
    return found


def _plain(plate: Plate) -> list[Any]:
    return [plate.edition_id, plate.status, plate.cut, plate.scope.hex()]


def _line(raw: dict[str, Any]) -> Line:
    return Line(**{**raw, "bbox": tuple(raw["bbox"])})
