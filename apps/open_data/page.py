"""The page for people: what can be had, in which standing, and how to connect."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.common.clock import today
from apps.legal.selectors import law_snapshot
from apps.open_data.collections import Collection, collections
from apps.open_data.downloads import site_of
from apps.open_data.editions import EditionFacts, all_editions
from apps.open_data.rulebooks import published_rulebooks
from apps.open_data.words import licence, standing_words


@require_safe
def open_page(request: HttpRequest) -> HttpResponse:
    """GET /open/"""
    site, day = site_of(request), today()
    return render(
        request,
        "open_data/page.html",
        {
            "address": f"{site}{reverse('open_data:landing')}",
            "day": day,
            "terms": licence(),
            "themes": _themes(all_editions(on=day)),
            "others": [c for c in collections().values() if c.theme is None],
            "rulebooks": _rulebooks(),
        },
    )


def _themes(editions: list[EditionFacts]) -> list[dict[str, Any]]:
    """Each theme with its two collections and its editions."""
    known = collections()
    by_theme: dict[str, list[dict[str, Any]]] = {}
    for facts in editions:
        by_theme.setdefault(facts.edition.theme.code, []).append(_edition(facts))
    themes = [c for c in known.values() if c.theme and not c.pending]
    return [_theme(theme, by_theme.get(str(theme.theme), [])) for theme in themes]


def _theme(theme: Collection, editions: list[dict[str, Any]]) -> dict[str, Any]:
    return {"collection": theme, "pending": f"{theme.id}-pending", "editions": editions}


def _edition(facts: EditionFacts) -> dict[str, Any]:
    acts = [atom.act for atom in facts.law.atoms if atom.act is not None]
    latest = max(acts, key=lambda act: (act.effective_on, act.recorded_at), default=None)
    return {
        "code": facts.code,
        "title": facts.title,
        "office": facts.office,
        "standing": standing_words(facts.statuses),
        "in_force": "in_force" in facts.statuses,
        "act": latest,
        "quarantined": facts.edition.quarantined_count,
        "features": facts.edition.feature_count,
    }


def _rulebooks() -> list[dict[str, Any]]:
    law = law_snapshot(on=today())
    return [
        {
            "code": book.instrument.code,
            "title": {"fa": book.instrument.title_fa, "en": book.instrument.title_en},
            "standing": standing_words(sorted(law.by_id[book.instrument_id].statuses)),
        }
        for book in published_rulebooks()
        if book.instrument_id in law.by_id
    ]
