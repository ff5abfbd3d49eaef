import os
import sys
from pathlib import Path

import pytest

from tools.stack import report
from tools.stack.report import Report, Step
from tools.stack.supervisor import Supervisor

PASSED = "============ 12 passed, 1 skipped, 2 warnings in 3.50s ============"
FAILED = "===== 1 failed, 2 passed in 61.25s (0:01:01) ====="


def printing(name: str, line: str, code: int = 0) -> Step:
    return Step(name, [sys.executable, "-c", f"print({line!r}); print('after'); raise SystemExit({code})"])


def test_closing_lines_are_recognised_in_colour_and_plain() -> None:
    assert report.closing_line(PASSED.encode()) == PASSED
    assert report.closing_line(f"\x1b[32m{FAILED}\x1b[0m".encode()) == FAILED
    assert report.closing_line(b"===== short test summary info =====") == ""


def test_several_runs_are_added_up_in_pytests_form() -> None:
    line = report.total([PASSED, FAILED])
    assert line == "=== 14 passed, 1 skipped, 2 warnings, 1 failed in 64.75s ==="


def test_the_last_lines_show_how_pytest_closed(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with Supervisor() as supervisor:
        found = Report(supervisor, os.environ, tmp_path)
        found.run_all([printing("tests", PASSED), printing("browser tests", FAILED, 1)], stop_at_failure=False)
        assert found.close() == 1
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert lines[-3:-1] == [PASSED, FAILED]
    assert "14 passed" in lines[-1]


def test_after_a_failed_gate_the_rest_is_not_run_and_the_table_says_so(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        found = Report(supervisor, os.environ, tmp_path)
        found.run_all([printing("a", "x"), printing("b", "x", 3), printing("c", "x")], stop_at_failure=True)
    assert [(name, result) for name, result, _ in found.rows] == [("a", "ok"), ("b", "failed (3)"), ("c", "not run")]
    assert found.failed
