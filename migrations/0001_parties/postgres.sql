-- Row level security, the second fence: a connection says for whom it works (`sanbao.party`, an id or
-- a star for the host itself), and sees and writes nothing else, whatever the query says. FORCE holds
-- the owner of the tables too. No setting, no rows.

CREATE FUNCTION sanbao_platform() RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT coalesce(current_setting('sanbao.party', true), '') = '*' $$;
CREATE FUNCTION sanbao_party() RETURNS uuid LANGUAGE sql STABLE
    AS $$ SELECT nullif(nullif(current_setting('sanbao.party', true), '*'), '')::uuid $$;

ALTER TABLE dealership ENABLE ROW LEVEL SECURITY;
ALTER TABLE dealership FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON dealership
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
CREATE POLICY dealers ON dealership FOR SELECT
    USING (dealer_id = (SELECT sanbao_party()));

ALTER TABLE party ENABLE ROW LEVEL SECURITY;
ALTER TABLE party FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON party
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
CREATE POLICY partners ON party FOR SELECT
    USING (EXISTS (SELECT FROM dealership d
        WHERE (d.party_id = party.party_id AND d.dealer_id = (SELECT sanbao_party()))
           OR (d.dealer_id = party.party_id AND d.party_id = (SELECT sanbao_party()))));

ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON api_key
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE unit ENABLE ROW LEVEL SECURITY;
ALTER TABLE unit FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON unit
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
CREATE POLICY brand ON unit FOR SELECT
    USING (brand_id = (SELECT sanbao_party()));
