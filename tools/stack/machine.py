"""What this machine is: its distribution, its memory, its libraries."""

import os
import subprocess
from pathlib import Path

OS_RELEASE = Path("/etc/os-release")


def os_release(path: Path = OS_RELEASE) -> dict[str, str]:
    """The fields of os-release(5)."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


def memory_bytes() -> int:
    """Memory of the machine; a container's limit is not looked at, our share is small."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def shared_libraries() -> str:
    """What the dynamic linker knows, as text to search in."""
    try:
        done = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, check=False, text=True)
    except OSError:
        return ""
    return done.stdout
