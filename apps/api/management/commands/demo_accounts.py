"""manage.py demo_accounts: who can sign in to the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.api.city_build.build import sample_files
from apps.api.city_build.package import entries
from apps.common.city import current_city
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.models import Person


class Command(BaseCommand):
    """Prints the synthetic people of the city package that stand in the database."""

    help = "Print the demo's synthetic accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One line for each account, in both languages."""
        people = entries(current_city(), "people", "person")
        standing = set(Person.objects.filter(synthetic=True).values_list("mobile", flat=True))
        lines = [
            f"  {p['mobile']:<16} {p['role']:<12} {p.text('name').en} · {p.text('name').fa}"
            for p in people
            if canonical_mobile(p["mobile"], plan=city_plan()) in standing
        ]
        if not lines:
            raise CommandError("No demo account stands yet: run build_demo first.")
        self.stdout.write("Demo accounts (synthetic; sign in by mobile number, the code is on the outbox page):")
        self.stdout.write("\n".join(lines))
        for path in sample_files(current_city()):
            self.stdout.write(f"A revised layer with mistakes to try at the planners' desk (synthetic): {path}")
