-- A party's dealers may read its policies: they fill in the facts that these ask for.

ALTER TABLE component ENABLE ROW LEVEL SECURITY;
ALTER TABLE component FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON component
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON policy
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
CREATE POLICY dealers ON policy FOR SELECT
    USING (EXISTS (SELECT FROM dealership d
        WHERE d.party_id = policy.party_id AND d.dealer_id = (SELECT sanbao_party())));

ALTER TABLE activation ENABLE ROW LEVEL SECURITY;
ALTER TABLE activation FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON activation
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
CREATE POLICY dealers ON activation FOR SELECT
    USING (EXISTS (SELECT FROM dealership d
        WHERE d.party_id = activation.party_id AND d.dealer_id = (SELECT sanbao_party())));
