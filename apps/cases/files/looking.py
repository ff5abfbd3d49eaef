"""Looking into a file without trusting it: in a process of its own, short of time, memory and the right to write.

Readers of PDF and pictures are large and meet whatever strangers send; what crashes or hangs there takes no web
server with it, and nothing there knows a password of ours (decision 0028).
"""

import json
import subprocess
import sys
from typing import IO

from django.conf import settings

from apps.cases.files import limits
from apps.cases.files.kinds import Sniffed
from apps.cases.files.limits import Seen

SECONDS = 40
"""Of the wall clock; the process itself has fewer of the processor (`alone.SECONDS`)."""
_LONGEST_ANSWER = 64 * 1024


def look(file: IO[bytes], kind: Sniffed) -> Seen:
    """What the file holds. `file`: a real one with a descriptor. Leaves it at its start.

    Raises RefusedFileError when it may not come in, TooLargeError when it is too large for its family.
    """
    limits.check_size(kind.family, file.seek(0, 2))
    seen = seen_in(run_alone("look", kind, file))
    limits.check_seen(seen)
    return seen


def run_alone(job: str, kind: Sniffed, file: IO[bytes]) -> bytes | None:
    """What the process wrote; None when it died or was stopped."""
    file.flush()
    file.seek(0)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "apps.cases.files.alone", job, kind.extension],
            stdin=file,
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        file.seek(0)
    return done.stdout if done.returncode == 0 else None


def seen_in(answer: bytes | None) -> Seen:
    """The facts in the answer of the process; "heavy" when it gave none."""
    if answer is None or len(answer) > _LONGEST_ANSWER:
        return Seen(fault="heavy")
    facts = json.loads(answer)
    return Seen(**{**facts, "active": tuple(facts.get("active", ()))})
