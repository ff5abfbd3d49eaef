"""`python -m tools.oidc_stub PORT IDENTITIES.toml`: serve the stub on loopback until it is stopped."""

import sys
import tomllib
from pathlib import Path
from typing import Any

from tools.oidc_stub.app import make_app
from tools.oidc_stub.serving import serve


def read_identities(path: Path) -> list[dict[str, Any]]:
    """The invented people of a city package: each needs `sub`, the rest is what the provider says about them."""
    people: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["identity"]
    return people


if __name__ == "__main__":
    serve(make_app(read_identities(Path(sys.argv[2]))), port=int(sys.argv[1])).serve_forever()
