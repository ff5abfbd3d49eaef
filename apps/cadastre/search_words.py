"""Words of names and addresses: which of them say something, and which only say what kind of thing is meant."""

from apps.common.text import search_key

MAX_WORDS = 8
_KINDS = {
    *(
        "تقاطع",
        "نبش",
        "خیابان",
        "خ",
        "کوچه",
        "ک",
        "محله",
        "محلهٔ",
        "میدان",
        "م",
        "بلوار",
        "بلوک",
        "پلاک",
        "پ",
        "شماره",
        "ش",
    ),
    *("و", "با", "در", "نزدیک", "روبروی", "منطقه", "شهر", "نشانی", "ادرس"),
    *("street", "st", "avenue", "ave", "alley", "square", "junction", "crossing", "corner", "neighbourhood"),
    *("neighborhood", "quarter", "no", "number", "and", "at", "of", "the", "near", "address"),
}
_DISTRICT, _TOO_LONG = {"منطقه", "district", "ناحیه"}, 5
_TO_SPACE = str.maketrans(dict.fromkeys("،؛,;:()[]«»\"'&+#", " "))


def words_of(q: str) -> list[str]:
    """Folded words, without punctuation: 'خ. آمادگاه، پ ۱۲' as ['خ', 'امادگاه', 'پ', '12']."""
    words = (word.strip(".") for word in search_key(q).translate(_TO_SPACE).split())
    return [word for word in words if word][:MAX_WORDS]


def telling(words: list[str]) -> list[str]:
    """The words without those that only name a kind of place; all of them when no word but numbers is left."""
    rest = [word for word in words if word not in _KINDS]
    return words if all(word.isdecimal() for word in rest) else rest


def district_number(words: list[str]) -> int | None:
    """3 for 'منطقه 3' and 'district 3'; None for anything else."""
    said = len(words) == len(("district", "3")) and words[0] in _DISTRICT and words[1].isdecimal()
    return int(words[1]) if said and len(words[1]) < _TOO_LONG else None
