-- How its policy fares is for a party's own eyes.

ALTER TABLE policy_health ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy_health FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON policy_health
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE policy_health_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy_health_count FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON policy_health_count
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE policy_flush ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy_flush FORCE ROW LEVEL SECURITY;
CREATE POLICY host ON policy_flush USING ((SELECT sanbao_platform()));

ALTER TABLE policy_guard ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy_guard FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON policy_guard
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE policy_return ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy_return FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON policy_return
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

-- What a party is told of its policy belongs to no ticket.
ALTER TABLE message ALTER COLUMN ticket_id DROP NOT NULL;
ALTER TABLE message ALTER COLUMN claim_id DROP NOT NULL;
