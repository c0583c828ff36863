-- Uploads of policies: jobs, and what became of them. Components lie in object storage, named by their
-- digest; here is only who has which.

CREATE TABLE upload (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    state TEXT NOT NULL, -- queued, checking, accepted, refused, failed, cancelled
    step TEXT, -- of the check
    since TIMESTAMPTZ NOT NULL, -- of the state or the step
    digest BYTEA NOT NULL, -- SHA-256 of the bytes as uploaded
    size BIGINT NOT NULL,
    signature TEXT, -- minisign's file
    uploaded_by TEXT NOT NULL, -- the key's name
    events BIGINT NOT NULL, -- number of the last one
    attempts BIGINT NOT NULL,
    turn BIGINT NOT NULL, -- one more each time that a worker takes it
    not_before TIMESTAMPTZ NOT NULL,
    leased_until TIMESTAMPTZ, -- a worker has it in hand
    created_at TIMESTAMPTZ NOT NULL,
    started_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    policy_id UUID,
    report TEXT, -- JSON
    failure TEXT,
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, policy_id) REFERENCES policy (party_id, id)
);
CREATE INDEX upload_to_check ON upload (id) WHERE state IN ('queued', 'checking');
CREATE INDEX upload_by_start ON upload (party_id, started_at);
CREATE INDEX upload_by_digest ON upload (digest);
CREATE INDEX upload_without_policy ON upload (ended_at) WHERE state IN ('refused', 'failed', 'cancelled');

CREATE TABLE upload_event (
    party_id UUID NOT NULL,
    upload_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    step TEXT,
    PRIMARY KEY (party_id, upload_id, seq),
    FOREIGN KEY (party_id, upload_id) REFERENCES upload (party_id, id)
);

-- What was put into object storage, so that what nothing refers to can be found and removed.
CREATE TABLE artifact (
    digest BYTEA NOT NULL PRIMARY KEY,
    put_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX component_by_digest ON component (digest);

-- Bytes that are still to be moved to object storage.
CREATE TABLE component_bytes (
    party_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (party_id, digest)
);
