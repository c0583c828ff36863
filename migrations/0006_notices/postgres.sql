-- Whoever takes part in the ticket may write a message; who reads which one, the queries say.

ALTER TABLE message ENABLE ROW LEVEL SECURITY;
ALTER TABLE message FORCE ROW LEVEL SECURITY;
CREATE POLICY sides ON message
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party())
        OR to_party = (SELECT sanbao_party())
        OR (SELECT true FROM claim c WHERE c.party_id = message.party_id AND c.ticket_id = message.ticket_id LIMIT 1));

ALTER TABLE party_contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE party_contact FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON party_contact
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
