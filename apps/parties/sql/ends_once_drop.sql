DROP FUNCTION IF EXISTS parties_ends_once() CASCADE;
DROP FUNCTION IF EXISTS parties_refuse_truncate() CASCADE;
