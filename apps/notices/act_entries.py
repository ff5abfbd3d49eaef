"""One act as everybody may read it, with its sentence, its themes and its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from apps.common.text import Text
from apps.legal.models import LegalAct, ProvisionRow
from apps.notices import act_words as words
from apps.notices.act_places import Place, places_of
from apps.notices.models import Phase
from gis_layers.models import Theme


@dataclass(frozen=True, slots=True)
class News:
    """An act and when, and as what, it became news."""

    at: datetime
    act: LegalAct
    phase: str

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Sort key, the oldest first."""
        return self.at, self.act.pk, self.phase


@dataclass(frozen=True, slots=True)
class ActEntry:
    """One thing that happened. `at`: when it became news; `themes`: (code, name) of the layers it is about."""

    act: int
    phase: str
    at: datetime
    kind: str
    number: str
    act_date: date
    effective_on: date
    recorded_at: datetime
    body: Text
    document: str
    reason: Text
    authority: str
    instrument: str
    instrument_kind: str
    sample: bool
    title: Text
    successor: tuple[str, Text] | None
    lifts: int | None
    themes: tuple[tuple[str, Text], ...]
    place: Place
    headline: Text
    text: Text

    @property
    def cursor(self) -> str:
        """Where the next page begins behind this entry."""
        return f"{self.at.isoformat()}_{self.act}_{self.phase}"


def entries_of(news: Sequence[News]) -> Iterator[ActEntry]:
    """The news in words, in their order; a constant number of queries."""
    acts = [n.act for n in news]
    places, themes = places_of([a.pk for a in acts]), _themes(acts)
    for one in news:
        yield _entry(one, places[one.act.pk], themes.get(one.act.pk, ()))


def _themes(acts: Sequence[LegalAct]) -> Mapping[int, tuple[tuple[str, Text], ...]]:
    """By act: the theme of its layer, or the themes that its rulebook's rows name."""
    names = {t.code: Text(t.label_fa, t.label_en) for t in Theme.objects.only("code", "label_fa", "label_en")}
    rows = ProvisionRow.objects.filter(rulebook__instrument__in={a.instrument_id for a in acts}).exclude(theme="")
    named: dict[int, list[str]] = {}
    for instrument, theme in rows.order_by("theme").values_list("rulebook__instrument", "theme").distinct():
        named.setdefault(instrument, []).append(theme)
    found = {}
    for act in acts:
        edition = getattr(act.instrument, "edition", None)
        codes = named.get(act.instrument_id, []) if edition is None else [edition.theme.code]
        found[act.pk] = tuple((code, names[code]) for code in codes if code in names)
    return found


def _entry(news: News, place: Place, themes: tuple[tuple[str, Text], ...]) -> ActEntry:
    act, effect = news.act, news.phase == Phase.EFFECT
    title = Text(act.instrument.title_fa, act.instrument.title_en)
    after = act.replaced_by
    successor = None if after is None else (after.code, Text(after.title_fa, after.title_en))
    said = words.sentence(
        kind=act.kind,
        title=title,
        successor=successor[1] if successor else None,
        effective_on=act.effective_on,
        effect=effect,
        authority=act.authority,
        scoped=place.scoped,
    )
    return ActEntry(
        act=act.pk,
        phase=news.phase,
        at=news.at,
        kind=act.kind,
        number=act.number,
        act_date=act.act_date,
        effective_on=act.effective_on,
        recorded_at=act.recorded_at,
        body=Text(act.body_fa, act.body_en),
        document=act.document,
        reason=Text(act.reason_fa, act.reason_en),
        authority=act.authority,
        instrument=act.instrument.code,
        instrument_kind=act.instrument.kind,
        sample=act.instrument.sample,
        title=title,
        successor=successor,
        lifts=act.lifts_id,
        themes=themes,
        place=place,
        headline=words.headline(kind=act.kind, title=title, effect=effect),
        text=said,
    )
