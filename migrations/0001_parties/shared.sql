-- Parties, their keys, who deals for whom, and the products that they registered.
-- Every table leads with the party that owns the row. Ids are UUIDs of version 7, so their order is
-- the order of creation. Texts named as JSON in comments are stored as they were written.

CREATE TABLE party (
    party_id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    calendar TEXT NOT NULL, -- JSON: time zone, working days, holidays
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE api_key (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    hash BYTEA NOT NULL, -- SHA-256 of the key
    scopes TEXT NOT NULL, -- JSON: array of words
    roles TEXT NOT NULL, -- JSON: array of words
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (party_id, id)
);
CREATE UNIQUE INDEX api_key_hash ON api_key (hash);

CREATE TABLE dealership (
    party_id UUID NOT NULL, -- whoever owes: the brand
    dealer_id UUID NOT NULL,
    kind TEXT NOT NULL,
    standing TEXT,
    grade TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    PRIMARY KEY (party_id, dealer_id)
);
CREATE INDEX dealership_dealer ON dealership (dealer_id);

CREATE TABLE unit (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    brand_id UUID,
    category TEXT NOT NULL,
    model TEXT NOT NULL,
    serial TEXT,
    lot TEXT,
    quantity BIGINT NOT NULL,
    price TEXT, -- JSON
    dates TEXT NOT NULL, -- JSON
    history TEXT NOT NULL, -- JSON
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, id)
);
CREATE UNIQUE INDEX unit_serial ON unit (party_id, serial);
CREATE INDEX unit_brand ON unit (brand_id, id);
