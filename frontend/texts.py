"""Sentences that scripts say. They come from the one catalogue and reach the page as a JSON block."""

from django.utils.translation import gettext as _

# What scripts say on every page with a search box; the map has these and all the others.
SITE_SENTENCES = (
    "searching", "no_results", "did_you_mean", "results", "failed", "slow", "copied", "copy_by_hand", "locating",
    "outside_city", "not_sure_where", "tap_on_map", "map_failed", "locate_insecure", "locate_unsupported",
    "locate_denied", "locate_unavailable", "locate_timeout",
)  # fmt: skip


def script_texts() -> dict[str, str]:
    """Key → sentence in the language of the page; `{name}` is filled in by the script."""
    return {
        "loading": _("Reading the rules of this parcel…"),
        "searching": _("Searching…"),
        "no_results": _("Nothing was found. Try a renovation code, a plate, a street or a place."),
        "did_you_mean": _("Did you mean one of these?"),
        "results": _("{n} results; use the arrow keys"),
        "no_parcel": _("There is no parcel here."),
        "nearest": _("Go to the nearest parcel ({m} m away)"),
        "on_border": _("You picked a border that several parcels share. Shown: {code}. The others:"),
        "failed": _("The answer did not come. Check your connection and try again."),
        "slow": _("The server did not answer in time. Nothing was lost; try again."),
        "retry": _("Try again"),
        "close": _("Close"),
        "selected": _("Parcel {code} selected"),
        "locate_insecure": _(
            "The browser gives your location only to pages with https. Search for the address or the code instead."
        ),
        "locate_unsupported": _("This browser cannot tell your location. Search for the address or the code instead."),
        "locate_denied": _(
            "You did not allow your location. Allow it in the settings of the browser, or search for the address."
        ),
        "locate_unavailable": _(
            "The device does not know where it is. Turn its location on, or search for the address."
        ),
        "locate_timeout": _("Finding your location took too long. Try again under the open sky, or search."),
        "not_sure_tap": _(
            "You are somewhere in the blue circle, known to {m} m: too wide to tell parcels apart. Tap yours."
        ),
        "not_sure_where": _("Your location is known to {m} m only, which does not tell one parcel from the next."),
        "tap_on_map": _("Show the place on the map and tap the parcel"),
        "map_failed": _("The map did not load. Search still works; or reload the page to try again."),
        "drawn_near": _("Drawn when the map is nearer"),
        "copy_by_hand": _("The link is selected: copy it with the keyboard or by pressing and holding."),
        "outside_city": _("You are outside the area of this map."),
        "locating": _("Finding your location…"),
        "layers_failed": _("The list of layers did not come."),
        "tiles_failed": _("Some parts of the map did not load."),
        "zoom_in": _("Zoom in to see and pick parcels"),
        "not_law": _("not law"),
        "status_approved_not_promulgated": _("Approved, not promulgated"),
        "status_promulgated_not_yet_effective": _("Promulgated, not yet effective"),
        "status_suspended": _("Suspended"),
        "no_features": _("No map is in force on this day"),
        "previous_month": _("Previous month"),
        "next_month": _("Next month"),
        "previous_year": _("Previous year"),
        "next_year": _("Next year"),
        "year": _("Year"),
        "today": _("Today"),
        "choose_date": _("Choose the day"),
        "copied": _("The link was copied."),
        "lit": _("Shown on the map: {zone}"),
        "keyboard_help": _("Arrow keys move the map, plus and minus zoom, Enter picks the parcel under the cross."),
        "zoom_in_button": _("Zoom in"),
        "zoom_out_button": _("Zoom out"),
        "expand": _("Show more of the panel"),
        "shrink": _("Show more of the map"),
    }
