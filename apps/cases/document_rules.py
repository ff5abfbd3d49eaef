"""Who may add a file to a case, how many and how much; whether one may be taken out. Pure but for the errors' words."""

from collections.abc import Set
from dataclasses import dataclass

from apps.cases.capacities import side_of
from apps.cases.files.kinds import FAMILY_NAMES, Family
from apps.cases.files.scanning import ScanState
from apps.cases.types.definition import DocumentWanted
from apps.cases.workflow import OWNER
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, TooLargeError
from apps.common.text import has_controls, persian_digits

MIB = 1024 * 1024
MOST_IN_CASE = 300
MOST_BYTES_IN_CASE = 1024 * MIB
MOST_IN_A_DAY = 150
MOST_BYTES_IN_A_DAY = 1024 * MIB
LONGEST_TITLE = 160
_READ_ONLY = frozenset({"auditor", "notary"})


@dataclass(frozen=True, slots=True)
class Room:
    """What was sent already: so many versions, so many bytes; in a case, or by a person today."""

    versions: int
    size: int


def side_to_add(held: Set[str]) -> str:
    """The side that these capacities add files for: "owner" or "office". Raises ForbiddenError."""
    side = side_of(frozenset(held))
    if (side == "owner" and OWNER in held) or (side == "office" and held - _READ_ONLY):
        return side
    raise ForbiddenError(
        fa="شما مدارک این پرونده را می‌بینید و مدرکی نمی‌فرستید. متقاضی، یا نماینده‌ای که اختیار اقدام دارد، می‌فرستد.",
        en="You may look at the documents of this case, not send any. Its applicant does, or an agent who may act.",
    )


def check_room(*, case: Room, day: Room, size: int = 1) -> None:
    """Raises ConflictError or TooLargeError when the case, or the person's day, is full."""
    if case.versions >= MOST_IN_CASE or case.size + size > MOST_BYTES_IN_CASE:
        raise TooLargeError(
            fa=persian_digits(
                f"جای مدارک این پرونده پر است (حداکثر {MOST_IN_CASE} فایل و {MOST_BYTES_IN_CASE // MIB} مگابایت). "
                "با کارشناس پرونده هماهنگ کنید."
            ),
            en=f"The room for this case's documents is used up ({MOST_IN_CASE} files, {MOST_BYTES_IN_CASE // MIB} MB). "
            "Ask its officer what to do.",
        )
    if day.versions >= MOST_IN_A_DAY or day.size + size > MOST_BYTES_IN_A_DAY:
        raise ConflictError(
            fa=persian_digits(
                f"امروز {MOST_IN_A_DAY} فایل یا {MOST_BYTES_IN_A_DAY // MIB} مگابایت فرستاده‌اید. ادامه را فردا بفرستید."
            ),
            en=f"You sent {MOST_IN_A_DAY} files or {MOST_BYTES_IN_A_DAY // MIB} MB today. Send the rest tomorrow.",
        )


def check_family(family: Family, wanted: DocumentWanted | None) -> None:
    """Raises BadInputError when the document asked for is not one of this family."""
    if wanted is None or family.value in wanted.families:
        return
    names = [FAMILY_NAMES[Family(f)] for f in wanted.families]
    raise BadInputError(
        fa=f"برای «{wanted.name.fa}» این نوع فایل پذیرفته نیست. {' یا '.join(n.fa for n in names)} بفرستید.",
        en=f"“{wanted.name.en}” is not taken as a file of this kind. Send a {' or a '.join(n.en for n in names)}.",
    )


def clean_title(raw: str) -> str:
    """The title of a document that nobody asked for. Raises BadInputError."""
    title = " ".join(raw.split())
    if not title or len(title) > LONGEST_TITLE or has_controls(title):
        raise BadInputError(
            fa=persian_digits(f"بنویسید این مدرک چیست: حداکثر {LONGEST_TITLE} نویسه."),
            en=f"Write what this document is: at most {LONGEST_TITLE} characters.",
        )
    return title


def check_scan(scan: str, *, required: bool) -> None:
    """Whether a file may be taken out: an infected one never. `required`: nor one that no scanner called clean.

    Raises ConflictError.
    """
    if scan == ScanState.INFECTED:
        raise ConflictError(
            fa="در این فایل ویروس پیدا شده است و به کسی داده نمی‌شود. نسخهٔ سالم آن را بفرستید.",
            en="A virus was found in this file; it is given to nobody. Send a sound version of it.",
            scan=scan,
        )
    if required and scan != ScanState.CLEAN:
        raise ConflictError(
            fa="این فایل هنوز با ویروس‌یاب بررسی نشده است. چند دقیقهٔ دیگر دوباره تلاش کنید.",
            en="This file was not scanned for viruses yet. Try again in some minutes.",
            scan=scan,
        )
