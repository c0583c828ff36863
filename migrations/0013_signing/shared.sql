-- Keys that parties sign their uploads with, and who requires it.

CREATE TABLE signing_key (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    key_id TEXT NOT NULL, -- as minisign prints it
    public_key TEXT NOT NULL, -- base64
    created_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (party_id, id)
);
CREATE UNIQUE INDEX signing_key_once ON signing_key (party_id, key_id);

CREATE TABLE signing_rule (
    party_id UUID NOT NULL PRIMARY KEY,
    required BOOLEAN NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

ALTER TABLE policy ADD COLUMN signed_by TEXT; -- JSON
