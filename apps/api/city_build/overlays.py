"""The last step: every overlay computed, by the workers or here."""

import time
from collections.abc import Callable

from apps.api.city_build.ledger import Say
from apps.common.errors import UnavailableError
from apps.extracts.overlays import compute_overlays, overlay_progress, request_overlays

PAUSE = 1.0
STALLED = 60.0  # seconds without a finished chunk: ask once more, then give up


def finish_overlays(say: Say, *, here: bool, pause: Callable[[float], None] = time.sleep) -> bool:
    """Have everything computed that is owed; whether there was anything. Raises UnavailableError when none works."""
    done, total = overlay_progress()
    if done >= total:
        return False
    say(f"overlays: {total - done:,} of {total:,} parts to compute …")
    if here:
        compute_overlays()
    else:
        request_overlays()
        _wait(say, pause)
    say(f"overlays: {total:,} parts stand")
    return True


def _wait(say: Say, pause: Callable[[float], None]) -> None:
    last, idle, asked_again = -1, 0.0, False
    while True:
        done, total = overlay_progress()
        if done >= total:
            return
        if done != last:
            say(f"  {done:,} of {total:,} parts")
            last, idle = done, 0.0
        elif idle >= STALLED:
            if asked_again:
                raise _nobody_works(done, total)
            request_overlays()
            idle, asked_again = 0.0, True
        pause(PAUSE)
        idle += PAUSE


def _nobody_works(done: int, total: int) -> UnavailableError:
    return UnavailableError(
        fa=f"محاسبهٔ هم‌پوشانی در {done} از {total} ایستاده است: کارگری در کار نیست. کارگر Celery را روشن کنید و "
        "دوباره اجرا کنید، یا با --overlays here همین‌جا حساب کنید.",
        en=f"The overlays stand still at {done} of {total}: no worker is at work. Start a Celery worker and run this "
        "again, or compute them here with --overlays here.",
        done=done,
        total=total,
    )
