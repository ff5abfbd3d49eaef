"""One thing to ask of the owner, and what may be written in it."""

from dataclasses import dataclass

from apps.common.errors import BadInputError
from apps.common.text import Text, has_controls, persian_digits

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask: a document or field of the case's type (`code`), or a free question. `reason`: why."""

    kind: str
    title: Text
    reason: Text
    code: str = ""
    article: str = ""


def check_text(*texts: str) -> None:
    """Raises BadInputError for a blank text, one that is too long, or one with invisible characters."""
    if any(not t.strip() or len(t) > _LONGEST or has_controls(t) for t in texts):
        raise BadInputError(
            fa=f"عنوان و دلیل را بنویسید؛ حداکثر {persian_digits(_LONGEST)} نویسه و بی نویسهٔ نامرئی.",
            en=f"Write a title and a reason: at most {_LONGEST} characters, without invisible ones.",
        )
