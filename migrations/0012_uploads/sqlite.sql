INSERT INTO component_bytes (party_id, digest, bytes) SELECT party_id, digest, bytes FROM component;
ALTER TABLE component DROP COLUMN bytes;
