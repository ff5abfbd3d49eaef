"""What open drafts of acts name: it holds still until they are signed or withdrawn."""

from django.db.models import Q

from apps.legal.drafts_models import DraftState, DraftTarget
from apps.legal.models import Instrument


def named_in_a_draft(instrument: Instrument) -> bool:
    """Whether an open draft acts on the instrument or names it as a successor."""
    named = Q(instrument=instrument) | Q(replaced_by=instrument)
    return DraftTarget.objects.filter(named, draft__state=DraftState.DRAFTED).exists()
