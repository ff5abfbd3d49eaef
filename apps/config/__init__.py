"""The composition root: nothing imports it."""

from apps.config.celery import app as celery_app

__all__ = ["celery_app"]
