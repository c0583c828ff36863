-- Money that changed hands or was agreed on, by the day, for reports.

CREATE TABLE money (
    party_id UUID NOT NULL, -- whoever handles the ticket
    ticket_id UUID NOT NULL,
    subject TEXT NOT NULL, -- what is counted once: a quote, a payment, a measure
    claim_id UUID NOT NULL,
    respondent_id UUID NOT NULL,
    kind TEXT NOT NULL, -- charges-agreed, charges-collected, compensation, penalty
    at TIMESTAMPTZ NOT NULL,
    currency TEXT NOT NULL, -- ISO 4217
    amount BIGINT NOT NULL, -- minor units
    PRIMARY KEY (party_id, ticket_id, subject),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
CREATE INDEX money_by_day ON money (party_id, at);
CREATE INDEX money_owed_by_day ON money (respondent_id, at);
