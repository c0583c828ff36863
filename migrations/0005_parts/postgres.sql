-- Postings and documents accept new rows only.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON part_posting
    FOR EACH ROW EXECUTE FUNCTION sanbao_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON part_posting
    FOR EACH STATEMENT EXECUTE FUNCTION sanbao_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON part_document
    FOR EACH ROW EXECUTE FUNCTION sanbao_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON part_document
    FOR EACH STATEMENT EXECUTE FUNCTION sanbao_append_only();

-- A ledger is its owner's. A station sees its own account in it; a brand sees how much of its parts its
-- dealers hold.

ALTER TABLE part_balance ENABLE ROW LEVEL SECURITY;
ALTER TABLE part_balance FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON part_balance
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
CREATE POLICY seen ON part_balance FOR SELECT
    USING (holder_id = (SELECT sanbao_party()) OR brand_id = (SELECT sanbao_party()));

-- `part_balance` is filtered by its own policies.
ALTER TABLE part ENABLE ROW LEVEL SECURITY;
ALTER TABLE part FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON part
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
CREATE POLICY seen ON part FOR SELECT
    USING (brand_id = (SELECT sanbao_party())
        OR (SELECT true FROM part_balance b WHERE b.party_id = part.party_id AND b.part = part.number LIMIT 1));

ALTER TABLE part_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE part_document FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON part_document
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE part_posting ENABLE ROW LEVEL SECURITY;
ALTER TABLE part_posting FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON part_posting
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE requisition ENABLE ROW LEVEL SECURITY;
ALTER TABLE requisition FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON requisition
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
