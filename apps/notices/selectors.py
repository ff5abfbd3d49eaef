"""Reading watches and notices of one person."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from apps.common import clock
from apps.common.text import Text, isolated
from apps.notices.models import Notice, Watch, WatchKind
from apps.parties.models import Person
from gis_layers.models import Theme

PAGE = 50
_KINDS = {
    WatchKind.PARCEL: Text("قطعه", "Parcel"),
    WatchKind.AREA: Text("محدوده", "Area"),
    WatchKind.DISTRICT: Text("منطقه", "District"),
    WatchKind.THEME: Text("لایه", "Layer"),
}


@dataclass(frozen=True, slots=True)
class WatchFacts:
    """One watch for the person's list. `area_m2` of an area; `parcel` '' for other kinds."""

    id: int
    kind: str
    mode: str
    name: Text
    parcel: str
    area_m2: float | None
    since: datetime


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One notice for the person's list."""

    id: int
    text: Text
    link: str
    created_at: datetime
    unread: bool


def watches_of(person: Person) -> list[WatchFacts]:
    """What the person watches, newest first."""
    themes = {t.code: Text(t.label_fa, t.label_en) for t in Theme.objects.all()}
    rows = Watch.objects.filter(person=person, ended_at__isnull=True).select_related("district")
    return [_watch(row, themes) for row in rows.defer("district__geom", "district__geom_web")]


def watch_of_parcel(person: "Person | AnonymousUser", parcel: str) -> Watch | None:
    """The person's watch of this parcel, None when there is none."""
    if not isinstance(person, Person):
        return None
    return Watch.objects.filter(person=person, parcel=parcel, ended_at__isnull=True).first()


def notices_of(person: Person, *, limit: int = PAGE) -> list[NoticeFacts]:
    """What the person was told, newest first."""
    rows = Notice.objects.filter(person=person)[:limit]
    return [NoticeFacts(n.pk, Text(n.text_fa, n.text_en), n.link, n.created_at, n.read_at is None) for n in rows]


def unread_count(person: "Person | AnonymousUser") -> int:
    """How many notices the person has not marked as read."""
    if not isinstance(person, Person):
        return 0
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def mark_read(person: Person, *, until: int) -> int:
    """Mark the person's notices up to this one (id) as read; those that came meanwhile stay. Returns how many."""
    unread = Notice.objects.filter(person=person, read_at__isnull=True, pk__lte=until)
    return unread.update(read_at=clock.now())


def _watch(row: Watch, themes: dict[str, Text]) -> WatchFacts:
    return WatchFacts(
        id=row.pk,
        kind=row.kind,
        mode=row.mode,
        name=_name(row, themes),
        parcel=row.parcel,
        area_m2=None if row.area is None else row.area.area,
        since=row.created_at,
    )


def _name(row: Watch, themes: dict[str, Text]) -> Text:
    kind = _KINDS[WatchKind(row.kind)]
    if row.kind == WatchKind.PARCEL:
        return Text(f"{kind.fa} {isolated(row.parcel)}", f"{kind.en} {row.parcel}")
    if row.kind == WatchKind.THEME:
        theme = themes.get(row.theme, Text.of(row.theme))
        return Text(f"{kind.fa}: {theme.fa}", f"{kind.en}: {theme.en}")
    if row.district is not None:
        return Text(row.district.name_fa, row.district.name_en)
    return Text(f"{kind.fa} «{row.name}»", f"{kind.en} “{row.name}”") if row.name else kind
