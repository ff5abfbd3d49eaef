"""Persian names, codes, plates and addresses. Street names are invented from everyday words."""

STREETS = (
    "گلستان",
    "سروستان",
    "نرگس",
    "لاله",
    "یاس",
    "بنفشه",
    "کاشانی",
    "باغستان",
    "چمران",
    "رودکی",
    "فردوسی",
    "سعدی",
    "خیام",
    "مولوی",
    "نظامی",
    "عطار",
    "صائب",
    "وحشی",
    "کمال",
    "هاتف",
    "آبشار",
    "زاینده",
    "سپیدار",
    "صنوبر",
    "چنار",
    "افرا",
    "ارغوان",
    "نیلوفر",
    "شقایق",
    "سپهر",
    "مهتاب",
    "خورشید",
    "ستاره",
    "پروین",
    "کیهان",
    "توحید",
    "میثم",
    "بهار",
    "پاییز",
    "فرهنگ",
    "دانش",
    "هنر",
    "معلم",
    "پزشک",
    "کارگر",
    "برزگر",
    "نقاش",
    "میناکار",
    "قلمزن",
    "زرگر",
)
QUALIFIERS = ("", " شمالی", " جنوبی", " شرقی", " غربی", " یکم", " دوم", " سوم", " چهارم", " پنجم", " ششم", " هفتم")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian(number: int) -> str:
    """A number in Persian digits."""
    return str(number).translate(PERSIAN_DIGITS)


def road_name(number: int) -> str:
    """The name of the n-th invented main road."""
    turn, word = divmod(number, len(STREETS))
    tail = QUALIFIERS[turn] if turn < len(QUALIFIERS) else f" {persian(turn)}"
    return f"خیابان {STREETS[word]}{tail}"


def lane_name(kind: str, area: int, number: int) -> str:
    """The name of a street inside a super-block."""
    word = STREETS[(area * 7 + number * 3) % len(STREETS)]
    prefix = {"collector": "خیابان", "local": "کوی", "dead_end": "بن‌بست"}.get(kind, "کوچهٔ")
    return f"{prefix} {word} {persian(number + 1)}"


def renovation_code(district: int, region: int, block: int, house: int) -> str:
    """Seven parts, left to right: district-region-block-house-building-apartment-shop."""
    return f"{district}-{region}-{block}-{house}-0-0-0"


def registry_plate(district: int, area: int, serial: int) -> str:
    """Registry plate section/main/sub; unique because each super-block has its own main number."""
    return f"{district}/{1000 + area}/{serial}"


def address(road: str, lane: str, house: int) -> str:
    """A postal-like address."""
    way = f"{road}، {lane}" if road and road != lane else lane
    return f"اصفهان، {way}، پلاک {persian(house)}"
