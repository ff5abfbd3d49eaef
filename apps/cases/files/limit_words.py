"""Sentences about files that may not come in. Pure."""

from apps.cases.files.faults import RefusedFileError, refused
from apps.common.text import Text, persian_digits

UNREADABLE = Text(
    "این فایل خوانده نمی‌شود یا آسیب دیده است. آن را با برنامهٔ خودش باز کنید، دوباره ذخیره کنید و بفرستید.",
    "This file cannot be read or is damaged. Open it with its own program, save it again and send it.",
)
HEAVY = Text(
    "بررسی این فایل بیش از اندازه زمان یا حافظه می‌خواهد. آن را ساده‌تر یا با وضوح کمتر ذخیره کنید و بفرستید.",
    "Looking through this file takes too much time or memory. Save it simpler, or at a lower resolution.",
)
LOCKED = Text(
    "این PDF رمز دارد و کارشناس نمی‌تواند آن را بخواند. نسخهٔ بدون رمز آن را بفرستید.",
    "This PDF is locked and no officer could read it. Send it without its password.",
)
FRAMES = Text(
    "این فایل بیش از یک تصویر دارد. تصویرها را جدا، یا همه را در یک PDF بفرستید.",
    "This file holds more than one picture. Send them one by one, or all in one PDF.",
)


def pages(most: int) -> Text:
    """Too many pages."""
    return Text(
        persian_digits(f"این PDF بیش از {most} صفحه دارد. آن را به چند فایل بخش کنید."),
        f"This PDF has more than {most} pages. Split it into several.",
    )


def pixels(most: int) -> Text:
    """Too many pixels."""
    return Text(
        persian_digits(f"این تصویر بیش از {most // 1_000_000} مگاپیکسل است. آن را کوچک‌تر کنید و بفرستید."),
        f"This picture has more than {most // 1_000_000} megapixels. Make it smaller and send it.",
    )


def entities(most: int) -> Text:
    """Too many entities."""
    return Text(
        persian_digits(f"این نقشه بیش از {most} شکل دارد. لایه‌های غیرلازم را پاک کنید و دوباره ذخیره کنید."),
        f"This drawing has more than {most} entities. Remove layers that are not needed and save it anew.",
    )


def active(what: tuple[str, ...]) -> RefusedFileError:
    """Something that runs, or is attached."""
    listed = ", ".join(what)
    return refused(
        Text(
            f"این فایل چیزی اجراشدنی یا پیوست در خود دارد ({listed}). آن را از نو به PDF چاپ کنید و همان را بفرستید.",
            f"This file carries something that runs, or an attachment ({listed}). Print it to PDF anew and send that.",
        ),
        active=list(what),
    )
