-- A link belongs to whoever handles the ticket.

ALTER TABLE link ENABLE ROW LEVEL SECURITY;
ALTER TABLE link FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON link
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));
