-- Holds, their releases and what people were told are added to, never rewritten or removed.
CREATE TRIGGER cases_hold_append_only BEFORE UPDATE OR DELETE ON cases_hold
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER cases_hold_no_truncate BEFORE TRUNCATE ON cases_hold
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
CREATE TRIGGER cases_release_append_only BEFORE UPDATE OR DELETE ON cases_holdrelease
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER cases_release_no_truncate BEFORE TRUNCATE ON cases_holdrelease
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
CREATE TRIGGER cases_message_append_only BEFORE UPDATE OR DELETE ON cases_casemessage
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER cases_message_no_truncate BEFORE TRUNCATE ON cases_casemessage
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
