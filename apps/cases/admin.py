"""Cases and their history in the admin site: to look at. Cases are moved through services only."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from apps.cases import access_log
from apps.cases.models import Case, CaseEvent
from apps.common.addresses import UNIX_SOCKET, client_address

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

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Case | None:
        """The case; that it was looked at here is written down for its owner as well."""
        found: Case | None = super().get_object(request, object_id, from_field)
        if found is not None:
            address = client_address(request)
            known = None if address == UNIX_SOCKET else address
            access_log.record(case=found, person=request.user, what=access_log.VIEW, thing="admin", address=known)
        return found
