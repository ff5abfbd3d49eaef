-- What a case rests on stays as it was composed: added, never rewritten or removed.
CREATE TRIGGER extracts_frozen_append_only BEFORE UPDATE OR DELETE ON extracts_frozenextract
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER extracts_frozen_no_truncate BEFORE TRUNCATE ON extracts_frozenextract
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
