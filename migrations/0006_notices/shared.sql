-- What happens without anybody's doing: claims that are woken when a time has come, and messages that
-- leave through the outbox.

ALTER TABLE claim ADD COLUMN wake_at TIMESTAMPTZ; -- some procedure waits for this instant
ALTER TABLE claim ADD COLUMN wake_leased_until TIMESTAMPTZ; -- a worker has it in hand
CREATE INDEX claim_to_wake ON claim (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE message (
    party_id UUID NOT NULL, -- whoever handles the ticket
    id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    claim_id UUID NOT NULL,
    to_party UUID, -- the party addressed, where it is one
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMPTZ,
    leased_until TIMESTAMPTZ, -- a worker has it in hand
    doc TEXT NOT NULL, -- JSON: channel, recipient, words, outcome
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
CREATE INDEX message_to_send ON message (next_attempt_at) WHERE state = 'queued';
CREATE INDEX message_by_ticket ON message (party_id, ticket_id, id);
CREATE INDEX message_by_addressee ON message (to_party, id) WHERE to_party IS NOT NULL;

CREATE TABLE party_contact (
    party_id UUID NOT NULL PRIMARY KEY,
    email TEXT,
    phone TEXT,
    language TEXT NOT NULL,
    webhook_url TEXT,
    webhook_secret TEXT, -- signs what is sent there
    updated_at TIMESTAMPTZ NOT NULL
);
