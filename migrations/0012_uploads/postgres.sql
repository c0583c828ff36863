-- An upload is its party's own; what lies in object storage is the host's.

ALTER TABLE upload ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON upload
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE upload_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload_event FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON upload_event
    USING ((SELECT sanbao_platform()) OR party_id = (SELECT sanbao_party()));

ALTER TABLE artifact ENABLE ROW LEVEL SECURITY;
ALTER TABLE artifact FORCE ROW LEVEL SECURITY;
CREATE POLICY host ON artifact
    USING ((SELECT sanbao_platform()));

-- Copied by the tables' owner, whom the fence would hold too.
ALTER TABLE component NO FORCE ROW LEVEL SECURITY;
INSERT INTO component_bytes (party_id, digest, bytes) SELECT party_id, digest, bytes FROM component;
ALTER TABLE component DROP COLUMN bytes;
ALTER TABLE component FORCE ROW LEVEL SECURITY;

ALTER TABLE component_bytes ENABLE ROW LEVEL SECURITY;
ALTER TABLE component_bytes FORCE ROW LEVEL SECURITY;
CREATE POLICY host ON component_bytes
    USING ((SELECT sanbao_platform()));
