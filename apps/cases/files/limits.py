"""How much a file may hold, by family, and what it may not hold at all. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from apps.cases.files import limit_words as words
from apps.cases.files.faults import broken_off, refused
from apps.cases.files.kinds import Family
from apps.common.errors import TooLargeError
from apps.common.text import Text, persian_digits

MIB = 1024 * 1024
MOST_BYTES = {
    Family.PDF: 20 * MIB,
    Family.IMAGE: 20 * MIB,
    Family.DRAWING: 50 * MIB,
    Family.MODEL: 50 * MIB,
}
LARGEST = max(MOST_BYTES.values())
FORM = 64 * 1024
"""What the other fields of a form may add to the request."""
MOST_PAGES = 300
MOST_PIXELS = 110_000_000
"""A telephone's 108 megapixels; an A0 scan at 200 dpi has 62."""
LONGEST_SIDE = 30_000
MOST_ENTITIES = 500_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found inside a file without running anything of it.

    `fault`: "" | "cut" | "unreadable" | "heavy" (looking took more time or memory than it is given). `active`: what
    the file would do when opened ("JavaScript", "Launch", "EmbeddedFile"…). `frames`: pictures in the file.
    `entities`: of a drawing, 0 = not counted.
    """

    fault: str = ""
    pages: int = 0
    locked: bool = False
    active: tuple[str, ...] = ()
    width: int = 0
    height: int = 0
    frames: int = 1
    entities: int = 0


def check_size(family: Family, size: int) -> None:
    """Raises TooLargeError."""
    most = MOST_BYTES[family]
    if size > most:
        raise too_large(most)


def too_large(most: int) -> TooLargeError:
    """A file beyond `most` bytes."""
    return TooLargeError(
        fa=persian_digits(
            f"این فایل بزرگ‌تر از {most // MIB} مگابایت است. با وضوح کمتر ذخیره‌اش کنید یا آن را چند بخش کنید."
        ),
        en=f"The file is larger than {most // MIB} MB. Save it at a lower resolution, or split it into several.",
        limit_bytes=most,
    )


def check_seen(seen: Seen) -> None:
    """Raises RefusedFileError, saying what to send instead."""
    if seen.fault == "cut":
        raise broken_off()
    if seen.fault:
        raise refused(_FAULTS.get(seen.fault, words.UNREADABLE))
    if seen.locked:
        raise refused(words.LOCKED)
    if seen.active:
        raise words.active(seen.active)
    for is_over, text in _OVER:
        if is_over(seen):
            raise refused(text)


_FAULTS = {"unreadable": words.UNREADABLE, "heavy": words.HEAVY}
_OVER: tuple[tuple[Callable[[Seen], bool], Text], ...] = (
    (lambda seen: seen.pages > MOST_PAGES, words.pages(MOST_PAGES)),
    (lambda seen: seen.width * seen.height > MOST_PIXELS, words.pixels(MOST_PIXELS)),
    (lambda seen: max(seen.width, seen.height) > LONGEST_SIDE, words.pixels(MOST_PIXELS)),
    (lambda seen: seen.frames > 1, words.FRAMES),
    (lambda seen: seen.entities > MOST_ENTITIES, words.entities(MOST_ENTITIES)),
)
