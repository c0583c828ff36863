-- What a party is told of its policy belongs to no ticket. SQLite takes a NOT NULL away with the table only.
CREATE TABLE message_anew (
    party_id UUID NOT NULL, -- whoever handles the ticket, or whose policy it is about
    id UUID NOT NULL,
    ticket_id UUID,
    claim_id UUID,
    to_party UUID, -- the party addressed, where it is one
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMPTZ,
    leased_until TIMESTAMPTZ, -- a worker has it in hand
    doc TEXT NOT NULL, -- JSON: channel, recipient, words, outcome
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
INSERT INTO message_anew (party_id, id, ticket_id, claim_id, to_party, state, attempts, next_attempt_at,
        leased_until, doc)
    SELECT party_id, id, ticket_id, claim_id, to_party, state, attempts, next_attempt_at, leased_until, doc
    FROM message;
DROP TABLE message;
ALTER TABLE message_anew RENAME TO message;
CREATE INDEX message_to_send ON message (next_attempt_at) WHERE state = 'queued';
CREATE INDEX message_by_ticket ON message (party_id, ticket_id, id);
CREATE INDEX message_by_addressee ON message (to_party, id) WHERE to_party IS NOT NULL;
