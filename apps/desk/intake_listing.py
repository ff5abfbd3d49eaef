"""What a planner's list shows: editions of their themes with legal status and overlays, and runs that are in work."""

from dataclasses import dataclass
from uuid import UUID

from apps.common import clock
from apps.common.text import Text
from apps.desk.intake_access import themes_of, visible
from apps.desk.models import IntakeRun, RunState
from apps.extracts.overlays import overlay_status
from apps.legal.acts import Status
from apps.legal.selectors import law_snapshot
from apps.parties.models import Person, Role
from gis_layers.models import Edition, IntakeState, Theme


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition with the statuses it has somewhere today, and how many of its overlay chunks are computed."""

    code: str
    title: Text
    theme: Text
    features: int
    quarantined: int
    statuses: tuple[str, ...]
    done: int
    total: int
    run: UUID | None

    @property
    def ready(self) -> bool:
        """Whether its overlay is whole."""
        return self.done >= self.total


def editions(person: Person) -> list[EditionLine]:
    """Editions of the themes that the person's roles reach: drafts first, then the newest."""
    reach = themes_of(person)
    taken = Edition.objects.filter(state=IntakeState.TAKEN_IN).select_related("instrument", "theme").defer("coverage")
    if reach is not None:
        taken = taken.filter(theme__code__in=reach)
    law, computed = law_snapshot(on=clock.today()), {p.instrument: p for p in overlay_status()}
    runs = dict(IntakeRun.objects.filter(edition__isnull=False).values_list("edition", "pk"))
    lines = []
    for edition in taken.order_by("-taken_in_at"):
        code, progress = edition.instrument.code, computed.get(edition.instrument.code)
        lines.append(
            EditionLine(
                code=code,
                title=Text(edition.instrument.title_fa, edition.instrument.title_en),
                theme=Text(edition.theme.label_fa, edition.theme.label_en),
                features=edition.feature_count,
                quarantined=edition.quarantined_count,
                statuses=tuple(sorted(s.value for s in law.statuses(edition.instrument_id))),
                done=progress.done if progress else 0,
                total=progress.total if progress else 0,
                run=runs.get(edition.pk),
            )
        )
    return sorted(lines, key=lambda line: Status.DRAFT.value not in line.statuses)


def in_work(person: Person) -> list[IntakeRun]:
    """Runs that are not done yet, or failed, newest first."""
    return list(visible(person).exclude(state=RunState.DONE).defer("report").order_by("-created_at")[:50])


def status_of(run: IntakeRun) -> tuple[str, ...]:
    """Statuses that the run's edition has somewhere today; none when it no longer stands."""
    if run.edition is None:
        return ()
    return tuple(sorted(s.value for s in law_snapshot(on=clock.today()).statuses(run.edition.instrument_id)))


def overlay_of(code: str) -> tuple[int, int]:
    """(done, total) chunks of an edition."""
    found = next((p for p in overlay_status() if p.instrument == code), None)
    return (found.done, found.total) if found else (0, 0)


def themes_to_edit(person: Person) -> list[Theme]:
    """Themes that the person may bring layers of."""
    reach = themes_of(person, Role.RULE_EDITOR)
    themes = Theme.objects.order_by("position", "code")
    return list(themes if reach is None else themes.filter(code__in=reach))
