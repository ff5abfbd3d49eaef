"""A permit request: a case of a permit kind."""

from django.db import models

from apps.cases.models import Case


class PermitKind(models.TextChoices):
    """Permit kinds of 3-domain §4, code names from the glossary."""

    NEW = "NEW", "احداث"
    DEMOLISH_REBUILD = "DEMOLISH_REBUILD", "تخریب و بازسازی"
    EXTENSION = "EXTENSION", "توسعه"
    ADDED_STOREY = "ADDED_STOREY", "اضافه اشکوب"
    REPAIR = "REPAIR", "تعمیرات"


class PermitRequest(models.Model):
    """What is asked for; the case carries who, where and when."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="permit_request")
    kind = models.CharField(max_length=24, choices=PermitKind)
    extract_digest = models.CharField(max_length=80, help_text="Digest of the extract the person saw when starting")

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
