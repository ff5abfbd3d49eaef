"""Two hundred thousand invented cases in a database, quickly: for the bench and for tests of plans. SQL alone."""

from typing import Any

CASES = 200_000
OPEN_SHARE = 4  # one in four is open
PEOPLE = 20_000
DISTRICTS = 15

_PEOPLE = """
INSERT INTO parties_person (password, is_superuser, mobile, mobile_verified, name_fa, name_en, national_id, is_active,
                            is_staff, synthetic, created_at)
SELECT '!', false, '+98935' || lpad(n::text, 7, '0'), true, 'مالک ساختگی ' || n, 'Synthetic owner ' || n, '', true,
       false, true, now()
FROM generate_series(1, %(people)s) n
"""

_CASES = """
INSERT INTO cases_case (tracking, case_type, type_version, land_code, holds_land, district, applicant_id, opened_by_id,
                        status, moved_at, channel, form, public_code, search, opened_at)
SELECT 'WL-' || lpad(n::text, 8, '0'), %(case_type)s, %(type_version)s, 'x-' || n, false,
       1 + n %% %(districts)s, p.id, p.id,
       CASE WHEN n %% %(open_share)s > 0 THEN 'closed' WHEN n %% 8 = 0 THEN 'submitted' ELSE 'needs_docs' END,
       now() - n * interval '1 minute', 'portal', '{}', '123456',
       'wl-' || lpad(n::text, 8, '0') || ' synthetic owner ' || p.id || ' ' || p.mobile, now() - n * interval '1 minute'
FROM generate_series(1, %(cases)s) n
JOIN (SELECT id, mobile, row_number() OVER (ORDER BY id) AS k FROM parties_person WHERE mobile LIKE '+98935%%') p
  ON p.k = 1 + n %% %(people)s
"""

_ITEMS = """
INSERT INTO cases_kartablitem (case_id, kind, state, side, role, district, opened_at, due_at, outcome)
SELECT id, 'turn', status, CASE status WHEN 'submitted' THEN 'office' ELSE 'owner' END,
       CASE status WHEN 'submitted' THEN 'case_officer' ELSE '' END,
       CASE status WHEN 'submitted' THEN district END, opened_at, opened_at + interval '3 days', ''
FROM cases_case WHERE status IN ('submitted', 'needs_docs') AND tracking LIKE 'WL-%%'
UNION ALL
SELECT id, 'turn', 'submitted', 'office', 'case_officer', district, opened_at, NULL, 'confirm'
FROM cases_case WHERE status = 'closed' AND tracking LIKE 'WL-%%'
"""

_CLOSE = "UPDATE cases_kartablitem SET closed_at = opened_at WHERE outcome = 'confirm'"

_EVENTS = """
INSERT INTO cases_caseevent (case_id, at, kind, data)
SELECT c.id, c.opened_at + k * interval '1 hour', (ARRAY['open', 'submit', 'send_back'])[k], '{}'
FROM cases_case c, generate_series(1, 3) k WHERE c.tracking LIKE 'WL-%%'
"""

_DEADLINES = """
INSERT INTO cases_deadline (case_id, code, amount, unit, source, started_at, pauses, due_at, calendar, certain)
SELECT id, status, 2, 'working_days', 'SAMPLE', opened_at, '[]', opened_at + interval '3 days', '', true
FROM cases_case WHERE status IN ('submitted', 'needs_docs') AND tracking LIKE 'WL-%%'
"""

_TABLES = ("parties_person", "cases_case", "cases_kartablitem", "cases_caseevent", "cases_deadline")


def fill(cursor: Any, *, case_type: str, type_version: str = "", cases: int = CASES, people: int = PEOPLE) -> None:
    """So many cases of `case_type` with worklist entries, history and deadlines; then statistics are renewed.

    `case_type` must have the states submitted, needs_docs and closed; `type_version`: digest of its kept definition.
    All of it is called synthetic.
    """
    facts = {
        "cases": cases, "people": people, "districts": DISTRICTS, "open_share": OPEN_SHARE, "case_type": case_type,
        "type_version": type_version,
    }  # fmt: skip
    for statement in (_PEOPLE, _CASES, _ITEMS, _CLOSE, _EVENTS, _DEADLINES):
        cursor.execute(statement, facts)
    for table in _TABLES:
        cursor.execute(f"ANALYZE {table}")  # names of our own
