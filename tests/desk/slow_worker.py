"""The application's Celery, made slow where a test says so: SLOW_STEP stands still in that step of an intake,
SLOW_CHUNK sleeps so many seconds inside the transaction of each overlay chunk."""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")

from apps.config.celery import app

django.setup()

from apps.desk.intake_pulse import Pulse  # noqa: E402 - models are there only after the set-up
from gis_layers import postgis_overlay_rows  # noqa: E402

__all__ = ["app"]
_STEP, _CHUNK = os.environ.get("SLOW_STEP", ""), float(os.environ.get("SLOW_CHUNK", "0"))
_at, _record = Pulse.at, postgis_overlay_rows.record


def _slow_at(self, step, share=0.0):  # type: ignore[no-untyped-def]
    _at(self, step, share)
    while step.value == _STEP and share > 0.5:
        time.sleep(0.1)


def _slow_record(computed):  # type: ignore[no-untyped-def]
    time.sleep(_CHUNK)
    _record(computed)


if _STEP:
    Pulse.at = _slow_at  # type: ignore[method-assign]
if _CHUNK:
    postgis_overlay_rows.record = _slow_record
