-- What is written once: the journal, the receipts, the answers to idempotent requests. And the clock
-- of hosts whose time can be moved.

CREATE TABLE journal (
    party_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    claim_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL, -- JSON
    event TEXT NOT NULL, -- JSON
    PRIMARY KEY (party_id, ticket_id, seq),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);

-- `input` and `output` are the bytes that the hash covers: kept exactly as they were.
CREATE TABLE receipt (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    claim_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    respondent_id UUID NOT NULL,
    interface TEXT NOT NULL,
    outcome TEXT NOT NULL,
    policy_id UUID,
    digest BYTEA,
    contract TEXT NOT NULL,
    engine TEXT NOT NULL,
    calendar TEXT NOT NULL, -- version; part of the hash
    fuel BIGINT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    log TEXT NOT NULL,
    prev_hash BYTEA,
    hash BYTEA NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    took_ns BIGINT NOT NULL,
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
CREATE UNIQUE INDEX receipt_chain ON receipt (party_id, ticket_id, seq);
CREATE INDEX receipt_by_id ON receipt (id);

CREATE TABLE idempotency (
    party_id UUID NOT NULL,
    key TEXT NOT NULL,
    operation TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    status BIGINT NOT NULL,
    headers TEXT NOT NULL, -- JSON
    body BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE clock (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    offset_us BIGINT NOT NULL
);
