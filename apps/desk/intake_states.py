"""From which state a run comes into which. Nothing else changes a state."""

from apps.desk.models import RunState as S

OPEN = frozenset({S.QUEUED, S.RUNNING, S.CANCELLING})
"""A worker has it, or will."""
ENDED = frozenset({S.CANCELLED, S.FAILED, S.DONE})
START = frozenset({S.MAPPING})
AGAIN = frozenset({S.CANCELLED, S.FAILED})
"""May go back to MAPPING: nothing of it stands."""
EACH_START = 100
"""`attempt` counts by hundreds how often a run was started, and within them how often a worker took it up."""
CANCEL = {S.QUEUED: S.CANCELLED, S.RUNNING: S.CANCELLING}
"""A run that nobody has taken up ends at once; a running one is told, and ends between two steps."""
