-- Tickets. The whole case file is `doc`; the other columns and tables repeat what is searched for,
-- and are written in the same transaction.

CREATE TABLE ticket_number (
    party_id UUID NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);

CREATE TABLE ticket (
    party_id UUID NOT NULL, -- whoever handles it
    id UUID NOT NULL,
    number BIGINT NOT NULL,
    reference TEXT,
    unit_id UUID,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    entries BIGINT NOT NULL, -- last position in the journal
    receipts BIGINT NOT NULL, -- last position in the chain of receipts
    receipt_head BYTEA, -- hash of the last receipt
    doc TEXT NOT NULL, -- JSON
    opened_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    next_due_at TIMESTAMPTZ,
    PRIMARY KEY (party_id, id)
);
CREATE UNIQUE INDEX ticket_by_number ON ticket (party_id, number);
CREATE UNIQUE INDEX ticket_by_reference ON ticket (party_id, reference) WHERE reference IS NOT NULL;

CREATE TABLE claim (
    party_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    id UUID NOT NULL,
    claimant_id UUID,
    respondent_id UUID NOT NULL,
    state TEXT NOT NULL,
    ruling TEXT,
    policy_id UUID,
    PRIMARY KEY (party_id, ticket_id, id),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
CREATE INDEX claim_by_respondent ON claim (respondent_id, ticket_id, party_id);
CREATE INDEX claim_by_claimant ON claim (claimant_id, ticket_id, party_id)
    WHERE claimant_id IS NOT NULL;

CREATE TABLE deadline (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    claim_id UUID NOT NULL,
    respondent_id UUID NOT NULL,
    state TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    leased_until TIMESTAMPTZ, -- a worker has it in hand
    doc TEXT NOT NULL, -- JSON
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
CREATE INDEX deadline_running ON deadline (due_at) WHERE state = 'running';
CREATE INDEX deadline_by_party ON deadline (party_id, due_at, id);
CREATE INDEX deadline_by_respondent ON deadline (respondent_id, due_at, id);
