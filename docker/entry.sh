#!/usr/bin/env bash
# Starts one role of the image: web, worker, beat, migrate, or any manage.py command.
set -euo pipefail
cd /srv/parvaneh
case "${1:-web}" in
  web) exec granian --interface wsgi --host 0.0.0.0 --port 8000 --workers "${WEB_WORKERS:-2}" apps.config.wsgi:application ;;
  worker) exec celery -A apps.config worker --loglevel INFO --concurrency "${WORKER_CONCURRENCY:-2}" ;;
  beat) exec celery -A apps.config beat --loglevel INFO --schedule /srv/parvaneh/var/celerybeat ;;
  migrate) exec python3 manage.py migrate --noinput ;;
  *) exec python3 manage.py "$@" ;;
esac
