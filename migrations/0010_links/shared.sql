-- Links to the customer's page. Only the hash of a link's secret is kept.

CREATE TABLE link (
    party_id UUID NOT NULL, -- whoever handles the ticket
    id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    hash BYTEA NOT NULL,
    language TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
CREATE UNIQUE INDEX link_by_hash ON link (hash);
CREATE INDEX link_by_ticket ON link (party_id, ticket_id, id);
