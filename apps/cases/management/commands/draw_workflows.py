"""Draw the transition tables of all case types of this city into docs/workflows, one page for each."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from apps.cases.types.drawing import drawn
from apps.cases.types.registry import case_types


def pages() -> dict[str, str]:
    """The page of each type by its file name, and the list of them."""
    found = {f"{code}.md": drawn(case_type) for code, case_type in sorted(case_types().items())}
    lines = [f"- [{t.name.en} · {t.name.fa}]({code}.md)" for code, t in sorted(case_types().items())]
    return {**found, "README.md": "# Workflows, drawn from the code\n\n" + "\n".join(lines) + "\n"}


class Command(BaseCommand):
    """`manage.py draw_workflows`."""

    help = "Draw the transition tables into docs/workflows"

    def add_arguments(self, parser: CommandParser) -> None:
        """--to: another folder."""
        parser.add_argument("--to", default=str(Path(settings.BASE_DIR) / "docs" / "workflows"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the pages and remove those of types that are gone."""
        folder = Path(options["to"])
        folder.mkdir(parents=True, exist_ok=True)
        drawings = pages()
        for old in folder.glob("*.md"):
            if old.name not in drawings:
                old.unlink()
        for name, text in drawings.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(drawings)} pages in {folder}")
