-- A party reads its own limits; the platform alone sets them.

ALTER TABLE party_limit ENABLE ROW LEVEL SECURITY;
ALTER TABLE party_limit FORCE ROW LEVEL SECURITY;
CREATE POLICY host ON party_limit
    USING ((SELECT sanbao_platform()));
CREATE POLICY own ON party_limit FOR SELECT
    USING (party_id = (SELECT sanbao_party()));
