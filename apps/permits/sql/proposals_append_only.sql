-- What was proposed and what it was checked with is added to, never rewritten or removed.
CREATE TRIGGER permits_proposal_append_only BEFORE UPDATE OR DELETE ON permits_permitproposal
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER permits_proposal_no_truncate BEFORE TRUNCATE ON permits_permitproposal
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
CREATE TRIGGER permits_checks_append_only BEFORE UPDATE OR DELETE ON permits_frozenchecks
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER permits_checks_no_truncate BEFORE TRUNCATE ON permits_frozenchecks
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
