"""pgbench: the bare SQL's limit, without any of our code."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.bench.place import conninfo

_TPS = re.compile(r"tps = ([\d.]+)")


def pgbench(url: str, script: str, *, seconds: float, clients: int = 8) -> float | None:
    """Transactions per second of a pgbench script, prepared, with generic plans; None when pgbench is not there."""
    program = shutil.which("pgbench")
    if program is None:
        return None
    parts = conninfo(url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    env = {**os.environ, **{names[key]: str(value) for key, value in parts.items()}}
    env["PGOPTIONS"] = "-c plan_cache_mode=force_generic_plan"
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "script.sql"
        file.write_text(script, encoding="utf-8")
        words = ["-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(max(1, round(seconds)))]
        done = subprocess.run([program, *words, "-f", str(file)], env=env, capture_output=True, text=True, check=True)
    found = _TPS.search(done.stdout)
    if found is None:
        raise RuntimeError(f"pgbench said nothing of its speed: {done.stdout[-500:]}{done.stderr[-500:]}")
    return float(found.group(1))
