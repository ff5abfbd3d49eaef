"""The closed vocabulary of subjects in this city: code, unit, direction, labels (docs/how-to/add-a-rule-subject.md).

A city package may choose, order and name them (`[subjects.<code>]`), and its law has units of its own (`[units]`).
"""

from dataclasses import replace

from django.core.exceptions import ImproperlyConfigured

from apps.common.city import current_city
from apps.common.city_law import CityLaw, SubjectWords
from apps.legal.subject_list import ALL, Direction, Subject

__all__ = ["SUBJECTS", "Direction", "Subject", "vocabulary"]


def vocabulary(law: CityLaw) -> dict[str, Subject]:
    """The subjects of a city by code, in its order. Raises ValueError for a code the house does not know."""
    house = {s.code: replace(s, unit=law.units.named(s.unit)) for s in ALL}
    if not law.subjects:
        return house
    unknown = [words.code for words in law.subjects if words.code not in house]
    if unknown:
        raise ValueError(f"[subjects]: unknown {', '.join(unknown)}; known are {', '.join(house)}")
    return {words.code: _called(house[words.code], words) for words in law.subjects}


def _called(subject: Subject, words: SubjectWords) -> Subject:
    headline = subject.headline if words.headline is None else words.headline
    unit = words.unit or subject.unit
    return replace(subject, label=words.label or subject.label, headline=headline, unit=unit)


def _of_this_city() -> dict[str, Subject]:
    city = current_city()
    try:
        return vocabulary(city.law)
    except ValueError as error:
        raise ImproperlyConfigured(f"{city.root / 'city.toml'}: {error}") from error


SUBJECTS: dict[str, Subject] = _of_this_city()
