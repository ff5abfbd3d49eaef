DROP TRIGGER IF EXISTS cases_version_append_only ON cases_documentversion;
DROP TRIGGER IF EXISTS cases_version_no_truncate ON cases_documentversion;
DROP TRIGGER IF EXISTS cases_type_append_only ON cases_casetypeversion;
DROP TRIGGER IF EXISTS cases_type_no_truncate ON cases_casetypeversion;
DROP TRIGGER IF EXISTS cases_post_append_only ON cases_casepost;
DROP TRIGGER IF EXISTS cases_post_no_truncate ON cases_casepost;
DROP TRIGGER IF EXISTS cases_access_append_only ON cases_accessrecord;
DROP TRIGGER IF EXISTS cases_access_no_truncate ON cases_accessrecord;
DROP FUNCTION IF EXISTS cases_version_keeps();
