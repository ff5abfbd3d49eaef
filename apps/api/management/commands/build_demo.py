"""manage.py build_demo: the city of this installation, from its package, whole and once."""

import time
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.api.city_build.build import Order, build_city, check_package
from apps.common.city import current_city
from apps.common.errors import ParvanehError


class Command(BaseCommand):
    """Builds what does not stand yet; a second run does no work."""

    help = "Build the city of this installation from its package (synthetic parcels where the package says so)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--check", action="store_true", help="read the whole package, write nothing")
        parser.add_argument("--parcels", type=int, help="parcels of a synthetic city (default 12000)")
        parser.add_argument("--seed", type=int, help="seed of a synthetic city (default 1)")
        parser.add_argument(
            "--overlays", choices=("queue", "here", "skip"), default="queue", help="who computes the overlays"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build, with a line for each step."""
        try:
            self._check() if options["check"] else self._build(options)
        except ParvanehError as error:
            raise CommandError(f"{error.message.en}\n{error.message.fa}") from error
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error

    def _check(self) -> None:
        city = current_city()
        check_package(city)
        self.stdout.write(f"{city.root.name}: the package is whole")

    def _build(self, options: dict[str, Any]) -> None:
        began = time.monotonic()

        def say(line: str) -> None:
            self.stdout.write(f"[{time.monotonic() - began:6.1f} s] {line}")
            self.stdout.flush()

        order = Order(parcels=options["parcels"], seed=options["seed"], overlays=options["overlays"])
        steps = build_city(current_city(), order, say)
        say(f"done: {steps} steps" if steps else "nothing to do: the city stands")
