-- A follow-up belongs to the ticket's handler, and to whoever claims or owes in it.

ALTER TABLE follow_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE follow_up FORCE ROW LEVEL SECURITY;
CREATE POLICY sides ON follow_up
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party())
        OR respondent_id = (SELECT sanbao_party())
        OR (SELECT true FROM claim c WHERE c.party_id = follow_up.party_id AND c.ticket_id = follow_up.ticket_id LIMIT 1));
