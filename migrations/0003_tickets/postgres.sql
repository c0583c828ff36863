-- A ticket belongs to its handler, and to whoever claims or owes in it.

ALTER TABLE ticket_number ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket_number FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON ticket_number
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE claim FORCE ROW LEVEL SECURITY;
CREATE POLICY sides ON claim
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party())
        OR respondent_id = (SELECT sanbao_party()) OR claimant_id = (SELECT sanbao_party()));

-- `claim` is filtered by its own policy, so any row found there is one of the party's. (SELECT … LIMIT 1)
-- and not EXISTS, which may be planned as a scan of all claims.
ALTER TABLE ticket ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket FORCE ROW LEVEL SECURITY;
CREATE POLICY sides ON ticket
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party())
        OR (SELECT true FROM claim c WHERE c.party_id = ticket.party_id AND c.ticket_id = ticket.id LIMIT 1));

ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;
ALTER TABLE deadline FORCE ROW LEVEL SECURITY;
CREATE POLICY sides ON deadline
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party())
        OR respondent_id = (SELECT sanbao_party())
        OR (SELECT true FROM claim c WHERE c.party_id = deadline.party_id AND c.ticket_id = deadline.ticket_id LIMIT 1));
