-- What an inspector reported is added to, never rewritten or removed; a visit is never removed either.
CREATE TRIGGER permits_inspection_report_append_only BEFORE UPDATE OR DELETE ON permits_inspectionreport
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER permits_inspection_report_no_truncate BEFORE TRUNCATE ON permits_inspectionreport
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
CREATE TRIGGER permits_inspection_visit_kept BEFORE DELETE ON permits_inspectionvisit
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
