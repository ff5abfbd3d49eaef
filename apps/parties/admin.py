"""People and offices in the admin site. Codes and messages are not shown here."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from apps.parties import admin_identity  # noqa: F401 - registers what is there
from apps.parties.models import Office, Person

# The stubs have a generic class where Django has a plain one.
if TYPE_CHECKING:
    _Base = admin.ModelAdmin[Any]
else:
    _Base = admin.ModelAdmin


@admin.register(Person)
class PersonAdmin(_Base):
    """Persons: may be switched off and given staff rights; their number and proof of it are not edited by hand."""

    list_display = ("mobile", "name_fa", "mobile_verified", "is_active", "is_staff", "synthetic")
    list_filter = ("is_active", "is_staff", "synthetic")
    search_fields = ("mobile", "name_fa", "name_en")
    fields = ("mobile", "mobile_verified", "name_fa", "name_en", "is_active", "is_staff", "groups", "synthetic")
    readonly_fields = ("mobile", "mobile_verified", "synthetic")

    def has_add_permission(self, *_: Any) -> bool:
        """People come in through their own door."""
        return False

    def has_delete_permission(self, *_: Any, **__: Any) -> bool:
        """Acts and cases point at people: they are switched off, never removed."""
        return False


@admin.register(Office)
class OfficeAdmin(_Base):
    """Offices that answer."""

    list_display = ("code", "name_fa", "name_en", "contact_fa")
    search_fields = ("code", "name_fa", "name_en")
