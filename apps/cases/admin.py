"""Cases and their history in the admin site: to look at. Cases are moved through services only."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from apps.cases.models import Case, CaseEvent

# The stubs have generic classes where Django has plain ones.
if TYPE_CHECKING:
    _Base = admin.ModelAdmin[Any]
    _Inline = admin.TabularInline[Any, Any]
else:
    _Base, _Inline = admin.ModelAdmin, admin.TabularInline


class _ReadOnly:
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


class HistoryInline(_ReadOnly, _Inline):
    """What happened to the case."""

    model = CaseEvent
    extra = 0
    fields = ("at", "kind", "actor", "data")


@admin.register(Case)
class CaseAdmin(_ReadOnly, _Base):
    """Cases, newest first."""

    list_display = ("tracking", "case_type", "status", "land_code", "opened_at")
    list_filter = ("status", "case_type", "channel")
    search_fields = ("tracking", "land_code")
    inlines = (HistoryInline,)
