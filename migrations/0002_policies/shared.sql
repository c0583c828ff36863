-- Policies: their components, their versions, and when which version is in force.

CREATE TABLE component (
    party_id UUID NOT NULL,
    digest BYTEA NOT NULL, -- SHA-256 of the bytes
    bytes BYTEA NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (party_id, digest)
);

CREATE TABLE policy (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    digest BYTEA NOT NULL,
    contract TEXT NOT NULL,
    status TEXT NOT NULL,
    manifest TEXT NOT NULL, -- JSON
    report TEXT NOT NULL, -- JSON
    created_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, digest) REFERENCES component (party_id, digest)
);
CREATE UNIQUE INDEX policy_version ON policy (party_id, name, version);

CREATE TABLE activation (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    policy_id UUID NOT NULL,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ, -- exclusive; open when absent
    settings TEXT NOT NULL, -- JSON
    created_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, policy_id) REFERENCES policy (party_id, id)
);
