-- Claims that recover what a decided claim cost from whoever supplied the goods. Only the party that
-- recovers knows which claim is behind its own.

CREATE TABLE upstream (
    party_id UUID NOT NULL, -- whoever recovers; it handles the ticket
    ticket_id UUID NOT NULL,
    claim_id UUID NOT NULL,
    origin_ticket_id UUID NOT NULL,
    origin_claim_id UUID NOT NULL,
    subject TEXT NOT NULL, -- a finding of the decided claim, or empty for all of it
    withdrawn BIGINT NOT NULL, -- earlier ones of the same that were withdrawn
    PRIMARY KEY (party_id, claim_id),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
CREATE UNIQUE INDEX upstream_once ON upstream (party_id, origin_claim_id, subject, withdrawn);
