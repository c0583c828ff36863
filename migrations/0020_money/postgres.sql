-- Money belongs to the ticket's handler, and to whoever claims or owes in it.

ALTER TABLE money ENABLE ROW LEVEL SECURITY;
ALTER TABLE money FORCE ROW LEVEL SECURITY;
CREATE POLICY sides ON money
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party())
        OR respondent_id = (SELECT sanbao_party())
        OR (SELECT true FROM claim c WHERE c.party_id = money.party_id AND c.ticket_id = money.ticket_id LIMIT 1));
