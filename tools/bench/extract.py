"""The full extract over HTTP against Django's "hello" on the same server and the same statement in pgbench."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from tools.bench import http_load
from tools.bench.place import conninfo
from tools.bench.report import Row
from tools.bench.sql_load import pgbench
from tools.bench.web import Web

HELLO, ORDINARY_HELLO = "/tiles/hello", "/hello"
_CODES = """
CREATE TABLE bench_code AS
SELECT row_number() OVER () AS n, s.code FROM (
  SELECT p.code FROM cadastre_parcel p JOIN cadastre_parcelversion v ON v.parcel_id = p.id
   ORDER BY md5(p.code) LIMIT %s) s;
"""
_KEY = "ALTER TABLE bench_code ADD PRIMARY KEY (n)"
_MARK = "the-parcel's-code"
_KEPT = 500  # parcels that are asked again and again


@dataclass(frozen=True, slots=True)
class Speeds:
    """Answers per second: hello, extracts composed for the first time, the same extracts asked again."""

    hello: float
    composed: float
    kept: http_load.Load


def random_codes(url: str, *, limit: int = 20_000) -> list[str]:
    """Codes of random parcels, also kept in a table for pgbench."""
    with psycopg.connect(**conninfo(url), autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_code")
        connection.execute(_CODES, [limit])
        connection.execute(_KEY)
        return [row[0] for row in connection.execute("SELECT code FROM bench_code ORDER BY n")]


def speeds(web: Web, codes: list[str], *, seconds: float) -> Speeds:
    """One after the other, each warmed up first. No parcel is asked twice while composing is measured."""
    paths = [f"/api/v1/parcels/{code}/extract" for code in codes]
    kept, new = paths[:_KEPT], paths[_KEPT:]
    http_load.run_for(web.port, [HELLO], seconds=min(1.0, seconds))
    hello = http_load.run_for(web.port, [HELLO], seconds=seconds)
    http_load.run_once(web.port, kept, connections=4)
    composed = http_load.run_for(web.port, new, seconds=seconds)
    again = http_load.run_for(web.port, kept, seconds=seconds)
    return Speeds(hello.per_second, composed.per_second, again)


def measure(env: Mapping[str, str], web: Web, *, seconds: float) -> tuple[list[Row], Speeds]:
    """Also the memory of a web worker before and after."""
    url = env["DATABASE_URL"]
    rest = web.largest_worker_mb()
    codes = random_codes(url)
    found = speeds(web, codes, seconds=seconds)
    bare = pgbench(url, script(url, count=len(codes)), seconds=seconds)
    ordinary = http_load.run_for(web.port, [ORDINARY_HELLO], seconds=seconds).per_second
    kept = found.kept.per_second
    size = sorted(found.kept.sizes)[len(found.kept.sizes) // 2] / 1000
    rows = [
        Row("Django “hello” on the hot path: the measure of what follows", f"{found.hello:,.0f} /s"),
        Row("Django “hello” behind the site's ordinary middlewares", f"{ordinary:,.0f} /s"),
        Row(
            f"extract / hello (p50 {found.kept.p50:.1f} ms, {size:.1f} kB)",
            f"{kept:,.0f} /s",
            kept / found.hello,
            0.4,
            0.25,
        ),
        Row(
            "extract of a parcel nobody asked for before / hello",
            f"{found.composed:,.0f} /s",
            found.composed / found.hello,
        ),
    ]
    if bare is not None:
        rows.append(
            Row("extract / the statement that reads a parcel's overlay, in pgbench", f"{bare:,.0f} /s", kept / bare)
        )
    after = web.largest_worker_mb()
    rows.append(Row("web worker memory at rest / 180 MB", f"{rest:.0f} MB", rest / 180, 1.0, 300 / 180, less=True))
    rows.append(
        Row("web worker memory after the extracts / 220 MB", f"{after:.0f} MB", after / 220, 1.0, 300 / 220, less=True)
    )
    return rows, found


def script(url: str, *, count: int) -> str:
    """The extract's own statement for a random parcel, as a pgbench script."""
    from apps.common.clock import now, today
    from apps.extracts.law_reader import law_day
    from gis_layers import postgis_extract

    law = law_day(on=today(), known_at=now())
    params = {
        "code": _MARK,
        "on": law.on,
        # Without colons: pgbench would take them for its own variables.
        "known_at": f"{datetime.now(tz=UTC):%Y%m%dT%H%M%SZ}",
        "editions": list(law.edition_ids),
        "scopes": list(law.scope_periods),
    }
    with psycopg.connect(**conninfo(url)) as connection, psycopg.ClientCursor(connection) as cursor:
        statement = cursor.mogrify(postgis_extract._PARCEL, params)
        marked = cursor.mogrify("%s", [_MARK])
    body = statement.replace(marked, "(SELECT code FROM bench_code WHERE n = :n)")
    return f"\\set n random(1, {count})\n{body};\n"
