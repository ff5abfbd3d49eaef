"""The page of one case, of any type, for whoever may see it: everything its template shows, gathered in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from apps.cases.hold_facts import all_holds
from apps.common.errors import ParvanehError
from apps.common.text import Text
from frontend.case_files import documents_context
from frontend.case_page_checklist import Checklist, checklist
from frontend.case_page_form import form_of
from frontend.case_page_log import visits
from frontend.case_page_map import place_of
from frontend.case_page_owners import owners, request_digest
from frontend.case_page_permit import NO_PERMIT, permit_panel
from frontend.case_page_reader import Look, link, look_at
from frontend.case_page_standing import Whereabouts, ending, whereabouts
from frontend.case_page_steps import offered
from frontend.case_page_time import filters_of, line_of

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Refused:
    """What stood against a form that was sent: the error, the form's place on the page, and what was typed in it."""

    error: ParvanehError
    form: str = ""
    typed: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Do:
    """The one thing to do now. `anchor`: where on the page; '' = nothing is to be done."""

    words: Text
    anchor: str = ""


def page_of_case(request: HttpRequest, tracking: str, *, refused: Refused | None = None) -> dict[str, Any]:
    """The context of the page. Raises NotFoundError for what the reader may not see."""
    look = look_at(tracking=tracking, person=request.user)
    panel = permit_panel(look)
    where, files = whereabouts(look), documents_context(look.case, look.person, held=look.held)
    until = where.until.day if where.until else None
    items = checklist(look, documents=files["documents"], until=until, extra=panel.asks(look, until))
    about = owners(look, about=request_digest(look, panel.brought))
    steps = [step for step in offered(look) if panel.offers_step(step)]
    return {
        "look": look,
        "case": look.case,
        "where": where,
        "steps": steps,
        "list": items,
        "owners": about,
        "do": _do(look, where, items, waits=about.mine is not None and about.mine.may_consent, steps=bool(steps)),
        "permit": panel if panel is not NO_PERMIT else None,
        "holds": [hold for hold in all_holds(look.case) if hold.released_at is None],
        "form": form_of(look),
        "visits": visits(look),
        "ended": ending(look),
        "guide": link("service", look.case.case_type) if panel is NO_PERMIT else "",
        "receipt": link("request_receipt", tracking) if look.owner_side else "",
        "refused": refused,
        **files,
        **place_of(look),
        **_line(look, request),
    }


def _line(look: Look, request: HttpRequest) -> dict[str, Any]:
    """The line of time, narrowed and paged by the address."""
    entries = line_of(look)
    filters = filters_of(entries)
    shown = request.GET.get("show", "")
    wanted = shown if shown in {f.code for f in filters} else ""
    listed = [entry for entry in entries if not wanted or entry.group == wanted]
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return {"line": page, "filters": filters, "shown": wanted, "line_count": len(entries)}


def _do(look: Look, where: Whereabouts, items: Checklist, *, waits: bool, steps: bool) -> Do:
    """What the reader should do now, in one sentence."""
    if waits:
        return Do(_CONSENT, "#owners")
    if items.needed and look.may_act and not look.closed:
        return Do(_LIST, "#checklist")
    if not where.yours:
        return Do(_CLOSED if look.closed else _LOOK if not look.may_act else _WAIT)
    return Do(_SEND, "#steps") if steps else Do(_WAIT)


_CONSENT = Text("درخواست را بخوانید و رضایت دهید یا اعتراض کنید", "Read the request, then consent or object")
_CLOSED = Text("این پرونده بسته است و کاری نمانده است.", "This case is closed; there is nothing left to do.")
_LOOK = Text("شما این پرونده را می‌بینید و گامی با شما نیست.", "You may look at this case; no step is yours.")
_WAIT = Text("اکنون لازم نیست کاری کنید.", "There is nothing you need to do now.")
_LIST = Text("آنچه خواسته شده است را کامل کنید", "Complete what is asked for")
_SEND = Text("همه چیز آماده است؛ گام بعد را بردارید", "Everything is ready: take the next step")
