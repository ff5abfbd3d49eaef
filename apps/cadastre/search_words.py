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
_TO_SPACE = str.maketrans(dict.fromkeys("،؛,;:()[]«»\"'&+#", " "))


def words_of(q: str) -> list[str]:
    """Folded words, without punctuation: 'خ. آمادگاه، پ ۱۲' as ['خ', 'امادگاه', 'پ', '12']."""
    words = (word.strip(".") for word in search_key(q).translate(_TO_SPACE).split())
    return [word for word in words if word][:MAX_WORDS]


def telling(words: list[str]) -> list[str]:
    """The words without those that only name a kind of place; all of them when nothing else is left."""
    return [word for word in words if word not in _KINDS] or words
