"""Computing a difference: laid out in cells, each computed in a transaction of its own, sewn together at the end.

So nothing stands twice, several workers may share, and whatever stops it can be taken up again.
"""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.map_services.models import DifferenceState, DifferenceView
from gis_layers import postgis_difference, postgis_difference_pieces
from gis_layers.models import Theme, ThemeKind
from gis_layers.postgis_tiles_views import Plate

_WORTH_SHARING = 8  # cells from which on a second worker is called


def compute(key: str) -> None:
    """Compute here and now whatever is not done yet. Several workers may do so at once; nothing is done twice."""
    view = _laid_out(key)
    while view is not None and _one_cell(view):
        pass
    if view is not None:
        _conclude(view)


def queue(key: str) -> None:
    """Hand it to a worker after commit; twice is harmless."""
    from apps.map_services.tasks import compute_difference

    transaction.on_commit(partial(compute_difference.delay, key))


def _laid_out(key: str) -> DifferenceView | None:
    """The view with its cells; None when there is nothing to compute (any more)."""
    with transaction.atomic():
        view = DifferenceView.objects.select_for_update(of=("self",)).select_related("theme").filter(key=key).first()
        if view is None:  # its draft was discarded meanwhile
            return None
        if view.state == DifferenceState.WAITING and view.cells is None:
            before, after = ([_plate(raw) for raw in side] for side in (view.before, view.after))
            view.cells = postgis_difference.lay_out(
                view=view.pk, before=before, after=after, exclusive=_exclusive(view.theme), srid=settings.CITY_SRID
            )
            if view.cells >= _WORTH_SHARING:
                queue(key)
        if view.state == DifferenceState.WAITING:
            view.state = DifferenceState.RUNNING
            view.save(update_fields=["cells", "state"])
    return view if view.state == DifferenceState.RUNNING else None


@transaction.atomic
def _one_cell(view: DifferenceView) -> bool:
    if not DifferenceView.objects.filter(pk=view.pk, state=DifferenceState.RUNNING).exists():
        return False
    return postgis_difference.compute_next(
        view=view.pk,
        exclusive=_exclusive(view.theme),
        tolerance_m2=view.theme.tolerance_m2,
        srid=settings.CITY_SRID,
    )


@transaction.atomic
def _conclude(view: DifferenceView) -> None:
    """The last worker sews the pieces together and adds them up."""
    locked = DifferenceView.objects.select_for_update().filter(pk=view.pk).first()
    if locked is None or locked.state != DifferenceState.RUNNING or locked.work.filter(done=False).exists():
        return
    postgis_difference_pieces.sew(view=view.pk, tolerance_m2=view.theme.tolerance_m2, srid=settings.CITY_SRID)
    locked.lines = [asdict(line) for line in postgis_difference_pieces.lines(view=view.pk)]
    locked.state = DifferenceState.DONE
    locked.save(update_fields=["lines", "state"])


def _exclusive(theme: Theme) -> bool:
    return theme.kind == ThemeKind.PARTITION


def _plate(raw: Sequence[Any]) -> Plate:
    edition, status, cut, scope = raw
    return Plate(edition, status, cut, bytes.fromhex(scope))
