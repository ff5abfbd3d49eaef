"""What is said of an edition wherever it is described: office, standing today, acts, days in force, place, counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.gis.db.models.functions import Envelope, Transform

from apps.common.errors import NotFoundError
from apps.common.text import Text
from apps.legal.acts import Status
from apps.legal.models import InForcePeriod, LegalAct
from apps.legal.selectors import InstrumentLaw, law_snapshot
from apps.parties.models import Office
from gis_layers.models import Edition, IntakeState


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """One edition with acts. `law`: where it stands today; `since`, `until`: first and last day on which it is in force
    anywhere, as recorded now (None = never, or without end); `bounds`: west, south, east, north in degrees.
    """

    edition: Edition
    title: Text
    theme: Text
    office: Text
    contact: Text
    law: InstrumentLaw
    acts: tuple[LegalAct, ...]
    since: date | None
    until: date | None
    bounds: tuple[float, float, float, float]

    @property
    def code(self) -> str:
        """The instrument's code."""
        return self.law.code

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Every status it has somewhere today."""
        return tuple(sorted(self.law.statuses))


def all_editions(*, on: date) -> list[EditionFacts]:
    """Every edition that was taken in and has acts, in the order of themes; drafts are not among them."""
    return _facts(on, None)


def edition_facts(code: str, *, on: date) -> EditionFacts:
    """One of them. Raises NotFoundError, also for a draft."""
    found = _facts(on, code)
    if not found:
        raise NotFoundError(
            fa=f"ویرایشی با کد «{code}» که سندی داشته باشد نیست. فهرست ویرایش‌ها در صفحهٔ «دادهٔ باز» است.",
            en=f"There is no edition “{code}” with a legal act. The page “Open data” lists the editions.",
        )
    return found[0]


def _facts(on: date, code: str | None) -> list[EditionFacts]:
    snapshot = law_snapshot(on=on)
    editions = (
        Edition.objects.filter(state=IntakeState.TAKEN_IN, instrument__in=list(snapshot.by_id))
        .select_related("theme", "instrument")
        .defer("coverage")
        .annotate(frame=Transform(Envelope("coverage"), 4326))
        .order_by("theme__position", "theme__code", "instrument__code")
    )
    if code is not None:
        editions = editions.filter(instrument__code=code)
    offices = {office.code: office for office in Office.objects.all()}
    return [_one(edition, snapshot.by_id[edition.instrument_id], offices) for edition in editions]


def _one(edition: Edition, law: InstrumentLaw, offices: dict[str, Office]) -> EditionFacts:
    office = offices.get(edition.theme.office_code)
    since, until = _days(InForcePeriod.objects.filter(instrument=law.id, status=Status.IN_FORCE, known__upper_inf=True))
    return EditionFacts(
        edition=edition,
        title=law.title,
        theme=Text(edition.theme.label_fa, edition.theme.label_en),
        office=Text(office.name_fa, office.name_en) if office else Text.of(edition.theme.office_code),
        contact=Text(office.contact_fa, office.contact_en) if office else Text("", ""),
        law=law,
        acts=tuple(LegalAct.objects.filter(instrument=law.id).select_related("lifts", "replaced_by").defer("scope")),
        since=since,
        until=until,
        bounds=edition.frame.extent,  # type: ignore[attr-defined]  # annotated above
    )


def _days(periods: Iterable[InForcePeriod]) -> tuple[date | None, date | None]:
    legal = [period.legal for period in periods]
    since = min((span.lower for span in legal if span.lower is not None), default=None)
    endless = any(span.upper is None for span in legal)
    return since, None if endless else max((span.upper - timedelta(days=1) for span in legal), default=None)
