-- Keys that hosts sign receipts with: the public half, for good. Each host has its own.

CREATE TABLE receipt_key (
    id TEXT NOT NULL PRIMARY KEY, -- first digits of the SHA-256 of the key
    public_key BYTEA NOT NULL, -- Ed25519
    replaces TEXT REFERENCES receipt_key (id), -- the key of the same host before it, in use until then
    from_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX receipt_key_chain ON receipt_key (replaces) WHERE replaces IS NOT NULL;

ALTER TABLE receipt ADD COLUMN activation_id UUID;
ALTER TABLE receipt ADD COLUMN key_id TEXT;
ALTER TABLE receipt ADD COLUMN signature BYTEA;
