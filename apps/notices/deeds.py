"""An act with what it may reach: its layers, their group, its themes, its place."""

from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Area, Intersection
from django.contrib.gis.geos import GEOSGeometry
from django.contrib.gis.measure import Area as Measure

from apps.common.text import Text
from apps.legal.models import InstrumentKind, LegalAct, ProvisionRow
from apps.legal.projecting import group_of
from apps.notices import act_words
from apps.notices.models import Phase
from gis_layers.models import Edition, Feature, IntakeState

LEAST_M2 = 1.0


@dataclass(frozen=True, slots=True)
class Deed:
    """An act with what it may reach. `everywhere`: it binds wherever zones lie (a rulebook, a layer nobody read)."""

    act: LegalAct
    phase: str
    text: Text
    editions: frozenset[int]
    group_editions: frozenset[int]
    themes: frozenset[str]
    scope: GEOSGeometry | None
    everywhere: bool


def deed_of(act: LegalAct, phase: str) -> Deed:
    """The act with what it may reach; a constant number of queries."""
    own = [i for i in (act.instrument_id, act.replaced_by_id) if i is not None]
    editions = Edition.objects.filter(state=IntakeState.TAKEN_IN)
    mine = dict(editions.filter(instrument__in=own).values_list("pk", "theme__code"))
    group = editions.filter(instrument__in=group_of(act.instrument_id)).values_list("pk", flat=True)
    rows = ProvisionRow.objects.filter(rulebook__instrument__in=own).exclude(theme="")
    return Deed(
        act=act,
        phase=phase,
        text=_sentence(act, phase),
        editions=frozenset(mine),
        group_editions=frozenset(group),
        themes=frozenset(mine.values()) | frozenset(rows.values_list("theme", flat=True)),
        scope=act.scope,
        everywhere=act.instrument.kind != InstrumentKind.EDITION or not mine,
    )


def _sentence(act: LegalAct, phase: str) -> Text:
    after = act.replaced_by
    return act_words.sentence(
        kind=act.kind,
        title=Text(act.instrument.title_fa, act.instrument.title_en),
        successor=None if after is None else Text(after.title_fa, after.title_en),
        effective_on=act.effective_on,
        effect=phase == Phase.EFFECT,
        authority=act.authority,
        scoped=act.scope is not None,
    )


def lies_in(deed: Deed, place: GEOSGeometry) -> bool:
    """Whether zones of the act's layers lie in the place, within the act's scope, by more than a touch."""
    if deed.everywhere:
        return True
    piece = place if deed.scope is None else place.intersection(deed.scope)
    if piece.empty or piece.area < LEAST_M2:
        return False
    features = Feature.objects.filter(edition__in=deed.editions, geom__intersects=piece)
    parts = features.annotate(part=Area(Intersection("geom", piece))).filter(part__gt=Measure(sq_m=LEAST_M2))
    return bool(parts.exists())
