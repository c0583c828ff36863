ALTER TABLE signing_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON signing_key
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE signing_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_rule FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON signing_rule
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
