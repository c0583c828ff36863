ALTER TABLE activation_rollback ENABLE ROW LEVEL SECURITY;
ALTER TABLE activation_rollback FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON activation_rollback
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
