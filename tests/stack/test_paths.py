import os
import stat
from pathlib import Path

import pytest

from tools.stack import paths
from tools.stack.say import StackError


def test_the_key_follows_the_real_path(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert paths.checkout_key(tmp_path / "link") == paths.checkout_key(tmp_path / "real")
    assert paths.checkout_key(tmp_path) != paths.checkout_key(tmp_path / "real")
    assert len(paths.checkout_key(tmp_path)) == 12


def test_the_socket_path_is_short_however_long_the_checkout_is() -> None:
    root = Path("/", *["a-long-directory-name"] * 40)
    place = paths.socket_dir(paths.checkout_key(root), "browser-test")
    assert len(os.fsencode(place / paths.LONGEST_SOCKET)) <= paths.SOCKET_LIMIT


def test_a_socket_path_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 120)
    deep.mkdir()
    monkeypatch.setattr(paths, "SHORT_PARENTS", (str(deep),))
    with pytest.raises(StackError, match="longer than 107 bytes"):
        paths.socket_dir("0" * 12, "demo")


def test_a_private_directory_is_closed_to_others(tmp_path: Path) -> None:
    place = tmp_path / "sockets"
    for _ in range(2):  # the second time it exists already
        paths.private_dir(place, os.geteuid(), os.getegid())
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        place.chmod(0o755)


def test_a_private_directory_is_never_a_link(tmp_path: Path) -> None:
    (tmp_path / "sockets").symlink_to(tmp_path)
    with pytest.raises(StackError, match="belongs to another user"):
        paths.private_dir(tmp_path / "sockets", os.geteuid(), os.getegid())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_a_private_directory_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sockets").mkdir()
    os.chown(tmp_path / "sockets", 54321, 54321)
    with pytest.raises(StackError, match="belongs to another user"):
        paths.private_dir(tmp_path / "sockets", 65534, 65534)


def test_a_state_directory_hides_itself_from_git(tmp_path: Path) -> None:
    assert (paths.ignored_dir(tmp_path / "var") / ".gitignore").read_text() == "*\n"
