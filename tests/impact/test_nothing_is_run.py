"""Titles and numbers that people wrote stand in the page for the meeting as they were written: nothing in them runs."""

from datetime import date

import pytest

from apps.common.text import Text
from apps.impact import running
from apps.parties.models import Role
from apps.parties.services import ensure_assignment
from frontend.reports.impact_html import impact_page
from tests.extracts.conftest import Grid
from tests.impact.test_reports import ask, city  # noqa: F401 - a fixture


@pytest.mark.parametrize(
    "wrote", ["{% endraw %}{{ 640 * 641 }}{% raw %}", "{{ 640 * 641 }}", "{% endraw %}", "{# x #}", "{%"]
)
def test_a_title_is_no_template(city: Grid, wrote: str) -> None:  # noqa: F811
    ensure_assignment(person=city.clerk, role=Role.RULE_EDITOR, since=date(2010, 1, 1))
    report = ask(city, label=Text(wrote, wrote))
    running.perform(report.pk)
    report.refresh_from_db()
    page = impact_page(report, language="en")
    assert "410240" not in page
    assert f": {wrote}</h1>" in page
