"""The transition tables in the docs are those of the code."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from apps.cases.management.commands.draw_workflows import pages

DOCS = Path(settings.BASE_DIR) / "docs" / "workflows"


def test_the_docs_show_what_the_code_does() -> None:
    """When this fails: `manage.py draw_workflows`, look at the difference, commit it with the change."""
    shown = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert shown == pages()


def test_every_edge_of_the_permit_stands_in_its_page() -> None:
    from apps.permits.workflow import TABLE

    page = pages()["permit.md"]
    for step in TABLE:
        for source in step.sources:
            assert f"    {source} --> {step.target}: {step.verb}\n" in page
            assert step.ticket in page


def test_pages_of_types_that_are_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old")
    call_command("draw_workflows", to=str(tmp_path), verbosity=0)
    assert {path.name for path in tmp_path.iterdir()} == set(pages())
