"""The process that reads strangers' files: the file on its standard input, the answer on its standard output.

`python -m apps.cases.files.alone look|picture EXTENSION`. It gives itself limits before it reads a byte.
"""

import json
import logging
import resource
import sys
import warnings
from collections.abc import Callable
from typing import IO, Any

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
_OUT_OF_MEMORY = {"fault": "heavy"}
Looker = Callable[[IO[bytes]], dict[str, Any]]


def limit() -> None:
    """So much processor time and memory, no file written, no core left behind."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look(file: IO[bytes], extension: str) -> dict[str, Any]:
    """The facts of `limits.Seen`, as JSON holds them."""
    try:
        return _looker(extension)(file)
    except (MemoryError, RecursionError):
        return _OUT_OF_MEMORY


def _looker(extension: str) -> Looker:
    if extension == "pdf":
        from apps.cases.files.look_pdf import look_pdf

        return look_pdf
    if extension in ("dxf", "dwg", "ifc"):
        from apps.cases.files.look_drawing import LOOKERS

        return LOOKERS[extension]
    from apps.cases.files.look_image import look_heic, look_picture

    return look_heic if extension == "heic" else look_picture


def main(job: str, extension: str) -> None:
    """Do one job and end."""
    limit()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    file = sys.stdin.buffer
    if job == "look":
        sys.stdout.write(json.dumps(look(file, extension)))
        return
    from apps.cases.files.look_image import picture

    sys.stdout.buffer.write(picture(file))


if __name__ == "__main__":
    main(*sys.argv[1:])
