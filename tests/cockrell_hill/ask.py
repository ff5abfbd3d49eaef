"""Run in a process of the second city: builds it, and answers what the tests want to know as one JSON object.

CITY=… DATABASE_URL=… python -m tests.cockrell_hill.ask OUT.json CODE …
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

QUESTIONS = ("218635", "Dallas_County_combined_parcel_218635")
PAGES = ("/", "/parcels/229806/", "/parcels/690216/", "/layers/", "/search/?q=21863", "/fa/", "/parcels/999999/")


def main(out: Path, codes: list[str]) -> None:
    """Migrate, build, ask."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("build_demo", overlays="here")
    call_command("check")
    out.write_text(json.dumps(_answers(codes), ensure_ascii=False), encoding="utf-8")


def _answers(codes: list[str]) -> dict[str, Any]:
    from apps.cadastre.models import ParcelSide, ParcelVersion
    from apps.cadastre.selectors import parcel_by_code, search
    from apps.cadastre.sides import shape_of, sides_of
    from apps.extracts.services import compose
    from gis_layers.models import Quarantined

    versions = {code: parcel_by_code(code).version_id for code in codes}
    return {
        "extracts": {code: compose(parcel=code).data for code in codes},
        "pages": {path: _page(path) for path in PAGES},
        "parcels": ParcelVersion.objects.count(),
        "not_known_width": ParcelVersion.objects.filter(attributes__lot_width=None).count(),
        "sides": {kind: ParcelSide.objects.filter(kind=kind).count() for kind in _kinds()},
        "sides_of": {code: sorted(side.kind for side in sides_of(version)) for code, version in versions.items()},
        "on_edge": {code: _on_edge(shape_of(v), [s.wkb for s in sides_of(v)]) for code, v in versions.items()},
        "quarantined": list(Quarantined.objects.order_by("source_row").values_list("row__dist_abbr", "reason")),
        "found": {q: [hit.code for hit in search(q).results] for q in QUESTIONS},
    }


def _kinds() -> list[str]:
    from apps.cadastre.models import SideKind

    return list(SideKind.values)


def _on_edge(shape: bytes, lines: list[bytes]) -> float:
    """The greatest distance in metres of a side from the edge of its lot."""
    import shapely

    edge = shapely.from_wkb(shape).boundary
    return max(shapely.hausdorff_distance(shapely.union_all(shapely.from_wkb(lines)), edge), 0.0)


def _page(path: str) -> dict[str, Any]:
    from django.test import Client

    answer = Client(HTTP_ACCEPT_LANGUAGE="fa").get(path)
    return {"status": answer.status_code, "html": answer.content.decode()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
