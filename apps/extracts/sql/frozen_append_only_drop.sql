DROP TRIGGER IF EXISTS extracts_frozen_append_only ON extracts_frozenextract;
DROP TRIGGER IF EXISTS extracts_frozen_no_truncate ON extracts_frozenextract;
