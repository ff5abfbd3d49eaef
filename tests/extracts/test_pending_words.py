"""How pending law is said in one sentence."""

from decimal import Decimal
from types import SimpleNamespace

from apps.common.text import Text
from apps.extracts.writing import pending_text

HEIGHT = SimpleNamespace(headline=True, label=Text("حداکثر ارتفاع", "Height, at most"))


def test_a_broken_number_has_the_decimal_mark_of_its_language() -> None:
    would_be = SimpleNamespace(subject=HEIGHT, outcome="value", value=Decimal("18.7"))
    pending = SimpleNamespace(edition=SimpleNamespace(status="suspended"), changes=[SimpleNamespace(would_be=would_be)])
    text = pending_text(pending)
    assert "حداکثر ارتفاع ۱۸٫۷" in text.fa
    assert "Height, at most 18.7" in text.en
