"""The two states a difference is taken between: what a theme shows on a day, and the same with one edition binding."""

from datetime import UTC, date, datetime

from apps.legal.acts import ActKind, Status
from apps.legal.models import LegalAct
from apps.map_services.plates import ThemeView, theme_views
from gis_layers.models import Edition, Theme
from gis_layers.postgis_tiles_views import Plate

_Precedence = tuple[int, date, datetime]
_LAST = datetime.max.replace(tzinfo=UTC)


def theme_on(*, theme: Theme, on: date, known_at: datetime | None = None) -> ThemeView:
    """What the theme shows on the day."""
    return next(view for view in theme_views(on=on, known_at=known_at) if view.theme == theme)


def plates_of(shown: ThemeView) -> tuple[Plate, ...]:
    """What governs, the edition that takes precedence first."""
    return shown.view.plates if shown.view else ()


def plates_with(edition: Edition, shown: ThemeView) -> tuple[Plate, ...]:
    """The same with this edition in force in all of its coverage, at its place in the order of precedence.

    A draft is taken as the last of its rank to be promulgated; what was promulgated keeps its day.
    """
    mine = _precedence(edition, shown)
    pairs = zip(shown.in_force, plates_of(shown), strict=True)
    others = [(law.precedence or mine, plate) for (held, law), plate in pairs if held.pk != edition.pk]
    ahead = [plate for precedence, plate in others if precedence > mine]
    behind = [plate for precedence, plate in others if precedence <= mine]
    return (*ahead, Plate(edition.pk, Status.IN_FORCE.value), *behind)


def _precedence(edition: Edition, shown: ThemeView) -> _Precedence:
    for held, law in shown.in_force:
        if held.pk == edition.pk and law.precedence is not None:
            return law.precedence
    acts = LegalAct.objects.filter(instrument=edition.instrument_id, kind=ActKind.PROMULGATE).order_by("-recorded_at")
    promulgated = acts.values_list("effective_on", "recorded_at").first()
    return (edition.instrument.rank, *(promulgated or (date.max, _LAST)))
