-- Cases begun before there were worklists: their district, who opened them, and whose turn it is.
UPDATE cases_case c SET
    district = (
        SELECT d.number FROM cadastre_parcelversion v JOIN cadastre_district d ON d.id = v.district_id
        WHERE v.parcel_id = c.parcel_id AND upper_inf(v.known) ORDER BY v.legal DESC LIMIT 1
    ),
    opened_by_id = coalesce(c.opened_by_id, c.applicant_id),
    moved_at = coalesce(c.moved_at, c.opened_at),
    public_code = CASE WHEN c.public_code = '' THEN lpad((floor(random() * 1000000))::int::text, 6, '0')
                       ELSE c.public_code END,
    search = lower(c.tracking);
INSERT INTO cases_kartablitem (case_id, kind, state, side, role, district, opened_at, outcome)
SELECT c.id, 'turn', c.status, CASE WHEN c.status = 'draft' THEN 'owner' ELSE 'office' END,
       CASE WHEN c.status = 'draft' THEN '' ELSE 'case_officer' END,
       CASE WHEN c.status = 'draft' THEN NULL ELSE c.district END, c.opened_at, ''
FROM cases_case c
WHERE c.status IN ('draft', 'submitted')
  AND NOT EXISTS (SELECT 1 FROM cases_kartablitem k WHERE k.case_id = c.id);
