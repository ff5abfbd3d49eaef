#!/bin/sh
# Finds a Python that can run tools/stack (3.11 or newer), and hands over to it.
# Without one it asks apt for it when it may, and otherwise says exactly what to run.
set -eu
cd "$(dirname "$0")/../.."
PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"
export PATH

find_python() {
    for name in "${PYTHON:-}" python3 /usr/bin/python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true >/dev/null 2>&1
}

if ! python=$(find_python); then
    if may_install; then
        echo "▸ installing python3 (3.11 or newer is needed)" >&2
        as_root apt-get update -q >&2
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
            python3 python3-venv >&2
    fi
    if ! python=$(find_python); then
        echo "Python 3.11 or newer is needed. Run this and try again:" >&2
        echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends python3 python3-venv" >&2
        exit 3
    fi
fi
exec "$python" -m tools.stack "$@"
