"""The law in the admin site: to look at, never to change. Law is written through `apps.legal.services`."""

from typing import TYPE_CHECKING, Any

from django.contrib.gis import admin
from django.http import HttpRequest

from apps.legal.models import InForcePeriod, Instrument, LegalAct, ProvisionRow, Rulebook

# The stubs have a generic class where Django has a plain one.
if TYPE_CHECKING:
    _Base = admin.GISModelAdmin[Any]
else:
    _Base = admin.GISModelAdmin


class ReadOnly(_Base):
    """No adding, no changing, no deleting, for anybody."""

    def has_add_permission(self, *_: Any, **__: Any) -> bool:
        """Never."""
        return False

    def has_change_permission(self, *_: Any, **__: Any) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, *_: Any, **__: Any) -> bool:
        """Never."""
        return False


@admin.register(Instrument)
class InstrumentAdmin(ReadOnly):
    """Instruments by code."""

    list_display = ("code", "kind", "rank", "title_fa", "sample")
    list_filter = ("kind", "rank", "sample")
    search_fields = ("code", "title_fa", "title_en")


@admin.register(LegalAct)
class LegalActAdmin(ReadOnly):
    """Acts, last recorded first."""

    list_display = ("number", "kind", "instrument", "act_date", "effective_on", "recorded_at", "recorded_by")
    list_filter = ("kind",)
    list_select_related = ("instrument", "recorded_by")
    search_fields = ("number", "instrument__code")
    ordering = ("-recorded_at",)


@admin.register(InForcePeriod)
class InForcePeriodAdmin(ReadOnly):
    """The projection, as it stands."""

    list_display = ("instrument", "status", "scope_key", "legal", "known", "act")
    list_filter = ("status",)
    list_select_related = ("instrument", "act")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the places, which may be large."""
        return super().get_queryset(request).defer("scope", "act__scope")


@admin.register(Rulebook)
class RulebookAdmin(ReadOnly):
    """Rulebooks with the source that reads them."""

    list_display = ("code", "source", "instrument", "checksum")
    list_select_related = ("instrument",)


@admin.register(ProvisionRow)
class ProvisionRowAdmin(ReadOnly):
    """Rows of decision tables."""

    list_display = ("rulebook", "row", "article", "subject", "effect", "value", "theme", "zone")
    list_filter = ("rulebook", "effect", "subject")
    list_select_related = ("rulebook",)
    search_fields = ("row", "article", "text_fa", "text_en")
