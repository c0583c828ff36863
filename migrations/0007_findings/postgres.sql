-- Findings are the respondent's own.

ALTER TABLE finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON finding
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
