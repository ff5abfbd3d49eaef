DROP FUNCTION sign_ins_refuse_change() CASCADE;
DROP FUNCTION sign_ins_refuse_truncate() CASCADE;
