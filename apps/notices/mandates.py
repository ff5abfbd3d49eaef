"""The owner is always told of a mandate: asked for, given, ended; whoever pressed the button."""

from apps.common import clock
from apps.common.events import Event
from apps.common.text import Text
from apps.notices.models import Notice
from apps.notices.ways import ways_of
from apps.parties.events import MandateAsked, MandateEnded, MandateGiven
from apps.parties.mandate_telling import in_words
from apps.parties.models import Mandate, MandateAsk

KIND = "mandate"
_LINK = "/mandates/"


def on_mandate(event: Event) -> None:
    """One notice for its principal, in the transaction of the event's delivery."""
    if isinstance(event, MandateAsked):
        ask = MandateAsk.objects.get(pk=event.ask_id)
        _write(f"mandate/asked/{event.ask_id}", event.principal_id, _asked(in_words(ask)))
    elif isinstance(event, MandateGiven):
        row = Mandate.objects.get(pk=event.mandate_id)
        _write(f"mandate/given/{row.pk}", event.principal_id, _given(in_words(row)))
    elif isinstance(event, MandateEnded):
        row = Mandate.objects.get(pk=event.mandate_id)
        _write(f"mandate/ended/{row.pk}", event.principal_id, _ended(in_words(row), event.ground))


def _write(key: str, person: int, text: Text) -> None:
    """A mandate is told at once, whatever the person wants for other things: somebody acts in their name."""
    now = clock.now()
    way = ways_of([person])[person]
    Notice.objects.get_or_create(
        key=key,
        defaults={
            "person_id": person,
            "kind": KIND,
            "text_fa": text.fa,
            "text_en": text.en,
            "link": _LINK,
            "created_at": now,
            "due_at": now,
            "mail_due_at": now if way.email else None,
        },
    )


def _asked(what: Text) -> Text:
    return Text(
        fa=f"از شما نمایندگی خواسته‌اند: {what.fa}. تا خودتان تأیید نکنید هیچ اختیاری داده نشده است.",
        en=f"Somebody asks to act for you: {what.en}. Nothing is given until you confirm it yourself.",
    )


def _given(what: Text) -> Text:
    return Text(
        fa=f"نمایندگی داده شد: {what.fa}. هر وقت بخواهید با یک دکمه پس می‌گیرید.",
        en=f"A mandate was given: {what.en}. You take it back with one tap at any time.",
    )


def _ended(what: Text, ground: str) -> Text:
    fa, en = ("نماینده کناره گرفت", "The agent gave up") if ground == "renounced" else ("پایان یافت", "Ended")
    return Text(fa=f"نمایندگی {fa}: {what.fa}.", en=f"{en}: {what.en}.")
