-- Journal and receipts accept new rows only.

CREATE FUNCTION sanbao_append_only() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN
        RAISE EXCEPTION '% accepts new rows only', TG_TABLE_NAME USING ERRCODE = 'SB001';
    END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION sanbao_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION sanbao_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON receipt
    FOR EACH ROW EXECUTE FUNCTION sanbao_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON receipt
    FOR EACH STATEMENT EXECUTE FUNCTION sanbao_append_only();

ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal FORCE ROW LEVEL SECURITY;
CREATE POLICY sides ON journal
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party())
        OR (SELECT true FROM claim c WHERE c.party_id = journal.party_id AND c.ticket_id = journal.ticket_id LIMIT 1));

ALTER TABLE receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY sides ON receipt
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party())
        OR respondent_id = (SELECT sanbao_party())
        OR (SELECT true FROM claim c WHERE c.party_id = receipt.party_id AND c.ticket_id = receipt.ticket_id LIMIT 1));

ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotency
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
