"""`make test`, `make check`, `make browser-test`: gates, then tests, on a database and queue of their own."""

import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.stack import node_env, say
from tools.stack.application import app_env, manage
from tools.stack.chromium import VARIABLE
from tools.stack.instance import running
from tools.stack.paths import Layout
from tools.stack.report import Report, Step
from tools.stack.setup import setup
from tools.stack.supervisor import Supervisor

ORACLE = "tests/oracle"
BROWSER_TESTS = "tests/browser"
NOT_OURS = ("--extend-exclude", ".tools")  # ruff heeds .gitignore only inside a git repository, not in an archive


def gates(layout: Layout) -> list[Step]:
    """Everything that judges the code without running its tests, cheapest first."""
    python, bin_dir = layout.python, layout.venv / "bin"
    steps = [
        Step("ruff check", [bin_dir / "ruff", "check", *NOT_OURS, "."]),
        Step("ruff format", [bin_dir / "ruff", "format", "--check", *NOT_OURS, "."]),
        Step("import contracts", [python, bin_dir / "lint-imports"]),
        Step("mypy", [python, "-m", "mypy"]),
        Step("migrations", manage(layout, "makemigrations", "--check", "--dry-run")),
        Step("deploy check", manage(layout, "check", "--deploy", "--fail-level", "WARNING"), production()),
    ]
    found = node_env.scripts(layout)
    for script, name in (("check", "types of the page"), ("test", "tests of the page")):
        if script in found:
            steps.append(Step(name, node_env.npm(layout, "run", "--silent", script), node_env.node_env(layout)))
    return steps


def production() -> dict[str, str]:
    """The environment of a production server, as far as Django's deployment check looks at it."""
    host = "permits.example.org"
    return {
        "PARVANEH_MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": host,
        "CSRF_TRUSTED_ORIGINS": f"https://{host}",
        "MESSAGE_SENDER": "apps.parties.messaging.Sender",  # stands for a carrier: the check wants a name it can import
    }


def pytest(layout: Layout, name: str, *words: str) -> Step:
    """A run of pytest, a process for each processor (two to four), each with its own database and queue.

    A file stays in one process. In colour only for a terminal: a log is to be read by programs too.
    """
    lanes = ["-n", str(max(2, min(4, os.cpu_count() or 1))), "--dist", "loadfile"]
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    return Step(name, [layout.python, "-m", "pytest", *lanes, *colour, *words])


def suites(layout: Layout) -> list[Step]:
    """The tests: the browser's in a process of their own, because its event loop is not for the others.

    So is the oracle: it asks thousands of extracts, which measuring coverage makes three times slower.
    """
    apart = [f"--ignore={BROWSER_TESTS}", f"--ignore={ORACLE}"]
    steps = [pytest(layout, "tests", *apart, "--cov", "--cov-report=term:skip-covered")]
    if (layout.root / ORACLE).is_dir():
        steps.append(pytest(layout, "oracle", ORACLE))
    if (layout.root / BROWSER_TESTS).is_dir():
        steps.append(pytest(layout, "browser tests", BROWSER_TESTS))
    return steps


def _report(layout: Layout, supervisor: Supervisor, purpose: str, *, judge: bool, prove: Sequence[Step]) -> int:
    """Run the gates (`judge`) and the tests (`prove`). The gates are listed after the set-up: some ask what it made."""
    browser: Path | None = setup(layout, for_tests=bool(prove), purpose=purpose)
    first = gates(layout) if judge else []
    say.step("starting a database and a queue for the tests")
    with running(layout, "test", supervisor, durable=False, purpose=purpose) as addresses:
        env = app_env(layout, addresses, "test")
        env |= {VARIABLE: str(browser)} if browser else {}
        report = Report(supervisor, env, layout.root)
        report.run_all(first, stop_at_failure=True)
        if report.failed:
            report.rows += [(step.name, "not run", "") for step in prove]
        else:
            report.run_all(prove, stop_at_failure=False)
    return report.close()


def test(layout: Layout, supervisor: Supervisor) -> int:
    """Gates, then all tests."""
    return _report(layout, supervisor, "test", judge=True, prove=suites(layout))


def check(layout: Layout, supervisor: Supervisor) -> int:
    """Gates only."""
    return _report(layout, supervisor, "check", judge=True, prove=[])


def browser_test(layout: Layout, supervisor: Supervisor) -> int:
    """Browser tests only."""
    return _report(
        layout, supervisor, "browser-test", judge=False, prove=[pytest(layout, "browser tests", BROWSER_TESTS)]
    )
