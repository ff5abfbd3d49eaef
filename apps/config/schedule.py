"""What workers do by themselves, and how often."""

from datetime import timedelta

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "events": {"task": "apps.common.tasks.deliver_events", "schedule": timedelta(seconds=30)},
    # An act may begin to work at midnight; until this has run, requests it may touch take no step.
    "open requests": {"task": "apps.permits.tasks.examine_requests", "schedule": timedelta(seconds=30)},
    "visits on days off": {"task": "apps.permits.tasks.free_visits", "schedule": timedelta(minutes=10)},
    "deadlines": {"task": "apps.cases.tasks.keep_deadlines", "schedule": timedelta(minutes=5)},
    "files to scan": {"task": "apps.cases.tasks.scan_documents", "schedule": timedelta(minutes=10)},
    "stray files": {"task": "apps.cases.tasks.sweep_documents", "schedule": timedelta(hours=24)},
    "overlays": {"task": "apps.extracts.tasks.continue_overlays", "schedule": timedelta(minutes=10)},
    "intake runs": {"task": "apps.desk.tasks.revive_runs", "schedule": timedelta(seconds=30)},
    "impact reports": {"task": "apps.impact.tasks.revive_reports", "schedule": timedelta(seconds=30)},
    "old impact reports": {"task": "apps.impact.tasks.sweep_reports", "schedule": timedelta(hours=24)},
    "uploads": {"task": "apps.desk.tasks.sweep_uploads", "schedule": timedelta(hours=1)},
    "differences": {"task": "apps.map_services.tasks.continue_differences", "schedule": timedelta(minutes=2)},
    "notices": {"task": "apps.notices.tasks.write_notices", "schedule": timedelta(minutes=1)},
    # Just after the city's midnight, and now and then in case nobody worked at that moment.
    "acts taking effect": {"task": "apps.notices.tasks.tell_of_effects", "schedule": crontab(hour="*", minute="1,31")},
    "notices to send": {"task": "apps.notices.tasks.send_notices", "schedule": timedelta(minutes=1)},
    "sign-ins": {"task": "apps.parties.tasks.sweep_sign_ins", "schedule": timedelta(hours=24)},
    "kept extracts": {"task": "apps.extracts.tasks.sweep_kept_extracts", "schedule": timedelta(hours=6)},
}
