-- What a candidate would have said is for its own party's eyes: no customer and no dealer sees it.

ALTER TABLE shadow ENABLE ROW LEVEL SECURITY;
ALTER TABLE shadow FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shadow
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE shadow_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE shadow_count FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shadow_count
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE shadow_divergence ENABLE ROW LEVEL SECURITY;
ALTER TABLE shadow_divergence FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shadow_divergence
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
