DROP TRIGGER IF EXISTS cases_hold_append_only ON cases_hold;
DROP TRIGGER IF EXISTS cases_hold_no_truncate ON cases_hold;
DROP TRIGGER IF EXISTS cases_release_append_only ON cases_holdrelease;
DROP TRIGGER IF EXISTS cases_release_no_truncate ON cases_holdrelease;
DROP TRIGGER IF EXISTS cases_message_append_only ON cases_casemessage;
DROP TRIGGER IF EXISTS cases_message_no_truncate ON cases_casemessage;
