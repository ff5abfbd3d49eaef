"""How much may be uploaded: by file, by person, in all; and how long it is kept. Pure."""

from datetime import timedelta

from apps.common.errors import BadInputError, TooLargeError

MIB = 1024 * 1024
CHUNK = MIB
"""What a client sends at a time: below settings.MAX_REQUEST_BYTES."""
LARGEST = 300 * MIB
PER_PERSON = 900 * MIB
IN_ALL = 6 * 1024 * MIB
SPARE = 512 * MIB
"""Left free on the disk, for the database and the log."""
KEPT = timedelta(hours=48)
"""After the last portion."""
LAYERS = frozenset({".gpkg", ".geojson", ".json", ".zip"})
SHAPE_PARTS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})
TABLES = frozenset({".csv", ".xlsx"})
SUFFIXES = LAYERS | SHAPE_PARTS | TABLES


def check(*, size: int, waiting: int, own: int, free: int) -> None:
    """Raises TooLargeError, BadInputError. `waiting`, `own`: bytes of uploads not used yet: of all, of the person."""
    if size < 1:
        raise BadInputError(
            fa="این پرونده تهی است. پروندهٔ درست را برگزینید.", en="This file is empty. Choose the right one."
        )
    if size > LARGEST:
        raise TooLargeError(
            fa=f"پرونده بزرگ‌تر از {LARGEST // MIB} مگابایت است. آن را زیپ کنید یا به چند پرونده بخش کنید.",
            en=f"The file is larger than {LARGEST // MIB} MB. Zip it, or split it into several.",
            limit_bytes=LARGEST,
        )
    if own + size > PER_PERSON:
        raise TooLargeError(
            fa="پرونده‌های فرستاده و به‌کارنرفتهٔ شما از اندازه بیشترند. نخست آن‌ها را به کار ببرید یا پاک کنید.",
            en="Your uploads that are not used yet take too much room. Use them or delete them first.",
            limit_bytes=PER_PERSON,
        )
    if waiting + size > IN_ALL or size > free - SPARE:
        raise TooLargeError(
            fa="اکنون جایی برای پروندهٔ تازه نیست. چند ساعت دیگر دوباره بفرستید یا به مدیر سامانه خبر دهید.",
            en="There is no room for another file now. Send it again in some hours, or tell the administrator.",
        )
