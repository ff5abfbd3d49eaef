"""`manage.py translations`: bring django.po in step with the sources and compile django.mo."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from frontend import catalogue


class Command(BaseCommand):
    """Updates and compiles the Persian catalogue; fails when a sentence has no Persian."""

    help = "Bring the Persian catalogue in step with the sources and compile it"

    def handle(self, *_args: object, **_options: object) -> None:
        """Write django.po and django.mo; name what is untranslated."""
        missing = catalogue.update(settings.BASE_DIR)
        catalogue.po_path().with_suffix(".mo").write_bytes(catalogue.compiled())
        self.stdout.write(f"{len(list(catalogue.read())) - 1} sentences")
        if missing:
            raise CommandError("Without Persian:\n" + "\n".join(missing))
