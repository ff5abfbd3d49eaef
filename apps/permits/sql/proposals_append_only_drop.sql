DROP TRIGGER IF EXISTS permits_proposal_append_only ON permits_permitproposal;
DROP TRIGGER IF EXISTS permits_proposal_no_truncate ON permits_permitproposal;
DROP TRIGGER IF EXISTS permits_checks_append_only ON permits_frozenchecks;
DROP TRIGGER IF EXISTS permits_checks_no_truncate ON permits_frozenchecks;
