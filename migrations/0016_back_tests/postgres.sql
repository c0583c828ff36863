ALTER TABLE back_test ENABLE ROW LEVEL SECURITY;
ALTER TABLE back_test FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON back_test
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
