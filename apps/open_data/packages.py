"""The GeoPackage of an edition, made once for each state of its law and kept as a file."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.common.city import current_city
from apps.legal.models import InForcePeriod, LegalAct
from apps.open_data.editions import EditionFacts
from apps.open_data.iso import record
from apps.open_data.words import licence, standing_words
from gis_layers.open_package import Columns, Contents, write_package
from gis_layers.postgis_ogc_package import places_of_periods

LAYOUT = 1  # whoever changes what is in the file changes this too


def package_of(facts: EditionFacts, *, law: int, day: str, base: str) -> Path:
    """The file of the edition as the law is recorded. `law`: its version, read before the facts were, so that a file
    may be newer than its name and never older; `day`: today, `base`: address of this site.
    """
    folder = Path(settings.VAR_DIR) / "open"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{facts.code}.{law}.{facts.edition.pk}.{day}.{LAYOUT}.gpkg"
    if not path.exists():
        _write(path, _contents(facts, base))
        for old in folder.glob(f"{facts.code}.*.gpkg"):
            if old != path:
                old.unlink(missing_ok=True)
    return path


def _write(path: Path, contents: Contents) -> None:
    """Whole or not at all: written beside it, then put in its place."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        draft = Path(folder) / "edition.gpkg"
        write_package(draft, contents)
        os.replace(draft, path)  # noqa: PTH105 - the atomic one


def _contents(facts: EditionFacts, base: str) -> Contents:
    periods = list(
        InForcePeriod.objects.filter(instrument=facts.law.id, known__upper_inf=True)
        .select_related("act")
        .defer("scope", "act__scope")
        .order_by("legal", "scope_key")
    )
    places = places_of_periods(facts.edition.pk, [period.pk for period in periods])
    return Contents(
        edition_id=facts.edition.pk,
        periods=_periods(periods),
        places=[places[period.pk] for period in periods],
        tables={"acts": acts_table(facts.acts), "about": _about(facts)},
        record=record(facts, base=base),
    )


def _periods(periods: Sequence[InForcePeriod]) -> Columns:
    rows = [
        {
            "status": period.status,
            "first_day": period.legal.lower,
            "until_day": period.legal.upper,
            "act_kind": period.act.kind if period.act else None,
            "act_number": period.act.number if period.act else None,
        }
        for period in periods
    ]
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def acts_table(acts: Iterable[LegalAct]) -> Columns:
    """The acts of one instrument in the order of recording, without the people who recorded and signed."""
    rows: list[dict[str, Any]] = [
        {
            "kind": act.kind,
            "number": act.number,
            "act_date": act.act_date,
            "effective_on": act.effective_on,
            "body_fa": act.body_fa,
            "body_en": act.body_en,
            "document": act.document,
            "reason_fa": act.reason_fa,
            "reason_en": act.reason_en,
            "authority": act.authority,
            "recorded_at": act.recorded_at.isoformat(),
            "lifts": act.lifts.number if act.lifts else None,
            "replaced_by": act.replaced_by.code if act.replaced_by else None,
        }
        for act in acts
    ]
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def _about(facts: EditionFacts) -> Columns:
    edition, terms, standing = facts.edition, licence(), standing_words(facts.statuses)
    said = {
        "edition": facts.code,
        "title_fa": facts.title.fa,
        "title_en": facts.title.en,
        "theme": edition.theme.code,
        "office_fa": facts.office.fa,
        "office_en": facts.office.en,
        "status_today_fa": standing.fa,
        "status_today_en": standing.en,
        "features": edition.feature_count,
        "quarantined_rows": edition.quarantined_count,
        "rows_without_a_place": edition.unplaced,
        "file": edition.file_name,
        "checksum": edition.checksum,
        "crs_of_file": edition.source_crs,
        "taken_in_at": edition.taken_in_at.isoformat(),
        "sample": facts.law.sample,
        "synthetic": current_city().synthetic,
        "terms_fa": terms.fa,
        "terms_en": terms.en,
    }
    return {"name": list(said), "value": [str(value) for value in said.values()]}
