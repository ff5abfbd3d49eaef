"""The demo's stand-in for the state's sign-in service: started when the city package brings invented identities."""

import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tools.stack import ports, say
from tools.stack.paths import Layout
from tools.stack.supervisor import Spec, Supervisor

PORT = 9400  # the same each time, when it is free: identities are bound to an address
PATIENCE_SECONDS = 30
DISCOVERY = "/.well-known/openid-configuration"


def start_stub(layout: Layout, supervisor: Supervisor, env: Mapping[str, str]) -> dict[str, str]:
    """Start it; what the web server must know of it. {} with a provider in the environment, or without identities."""
    identities = identities_of(layout, env)
    if env.get("OIDC_ISSUER") or identities is None:
        return {}
    say.step("starting the stand-in for the sign-in service (synthetic identities)")
    port = PORT if ports.is_free(PORT) else ports.any_free()
    supervisor.start(
        Spec(
            name="sign-in stub",
            args=[layout.python, "-m", "tools.oidc_stub", str(port), identities],
            env=dict(env),
            cwd=layout.root,
            log=layout.logs / "demo-oidc.log",
        )
    )
    url = f"http://{ports.LOOPBACK}:{port}"
    _wait(url + DISCOVERY, supervisor)
    return settings_of(url)


def identities_of(layout: Layout, env: Mapping[str, str]) -> Path | None:
    """The file of the city package; None when it brings none."""
    found = layout.root / "cities" / (env.get("CITY") or "isfahan") / "identities.toml"
    return found if found.is_file() else None


def settings_of(url: str) -> dict[str, str]:
    """The application's settings for this stub. Its name says what it is."""
    return {
        "OIDC_ISSUER": url,
        "OIDC_CLIENT_ID": "parvaneh-demo",
        "OIDC_CLIENT_SECRET": "demo",
        "OIDC_NAME_FA": "سامانهٔ ورود نمایشی (هویت‌های ساختگی)",
        "OIDC_NAME_EN": "the sign-in stub (synthetic identities)",
    }


def _wait(url: str, supervisor: Supervisor) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy has no place on loopback
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with opener.open(url, timeout=5):
                return
        except (urllib.error.URLError, OSError) as error:
            if time.monotonic() > deadline:
                raise say.StackError(f"The sign-in stub does not answer at {url}: {error}") from error
        supervisor.pause(0.2)
