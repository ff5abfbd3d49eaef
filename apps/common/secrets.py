"""A local secret key for the demo, made once and kept out of git."""

import os
import secrets
from pathlib import Path


def local_secret(path: Path, *, strict: bool) -> str:
    """The key in `path`, made with mode 0600 when missing. In strict mode it must come from SECRET_KEY."""
    if strict:
        raise SystemExit(
            "SECRET_KEY must be set in production; make one with: openssl rand -hex 48 "
            "(for a try on this machine: PARVANEH_MODE=demo, or make demo)"
        )
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(48)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key)
    return key
