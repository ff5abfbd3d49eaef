"""The Celery application: broker is Redis, tasks are found in each app's tasks.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")

app = Celery("parvaneh")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
