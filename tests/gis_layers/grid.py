"""Taking the small files in, and counting what was written."""

from pathlib import Path
from typing import Any

from django.db.models import Model

from apps.legal.models import Instrument
from gis_layers.ingest.coverage import Coverage
from gis_layers.ingest.report import IntakeReport
from gis_layers.models import Edition, Feature, Quarantined
from gis_layers.services import take_in

MAPPING = {"code": "code", "label_fa": "label_fa", "label_en": "label_en"}
WATCHED: tuple[type[Model], ...] = (Edition, Feature, Quarantined, Instrument)


def take(path: Path, instrument: str = "hc-1", theme: str = "height", **options: Any) -> IntakeReport:
    """Take in with the usual mapping; without a coverage the features are it."""
    options = {"mapping": MAPPING, "coverage": Coverage(of_features=True)} | options
    return take_in(path=path, theme=theme, instrument=instrument, **options)


def counts() -> dict[str, int]:
    """How many rows there are of everything that an intake may write."""
    return {model.__name__: model._default_manager.count() for model in WATCHED}
