"""Sentences that scripts say. They come from the one catalogue and reach the page as a JSON block."""

from django.utils.translation import gettext as _


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
        "no_location": _("Your location could not be found. Allow it in the browser, or search for the address."),
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
