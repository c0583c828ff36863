-- The way from a claim to its recovery is the recovering party's own.

ALTER TABLE upstream ENABLE ROW LEVEL SECURITY;
ALTER TABLE upstream FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON upstream
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
