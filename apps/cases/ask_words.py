"""What people are told about what is asked in a case."""

from apps.cases.models import Case, CaseAsk
from apps.common.text import Text


def told_asked(case: Case, title: Text, reason: Text) -> Text:
    """To the owner: something more is asked."""
    return Text(
        fa=f"در پروندهٔ \u2066{case.tracking}\u2069 از شما خواسته شد: «{title.fa}». {reason.fa}",
        en=f"In case {case.tracking} you are asked for “{title.en}”. {reason.en}",
    )


def told_again(case: Case, found: CaseAsk) -> Text:
    """To the owner: the answer was not accepted."""
    return Text(
        fa=f"در پروندهٔ \u2066{case.tracking}\u2069 «{found.title_fa}» پذیرفته نشد: {found.settled_said}",
        en=f"In case {case.tracking} “{found.title_en}” was not accepted: {found.settled_said}",
    )


def told_turn(found: CaseAsk) -> Text:
    """To the office: the owner answered or disputes."""
    fa, en = ("پاسخ داد به", "answered") if found.state == "answered" else ("نپذیرفت", "disputes")
    tracking = found.case.tracking
    return Text(
        fa=f"مالک در پروندهٔ \u2066{tracking}\u2069 {fa}: {found.title_fa}.",
        en=f"The owner of case {tracking} {en}: {found.title_en}.",
    )
