-- Findings whose measures somebody decided on: what the next finding of the same kind counts. The finding
-- itself is in the ticket. And why a dealership ended, where a measure ended it.

CREATE TABLE finding (
    party_id UUID NOT NULL, -- whoever found it: the respondent
    id UUID NOT NULL,
    handler_id UUID NOT NULL, -- of the ticket
    ticket_id UUID NOT NULL,
    claim_id UUID NOT NULL,
    subject_id UUID NOT NULL, -- against whom, or against somebody of whose staff
    person TEXT, -- of the subject's staff
    kind TEXT NOT NULL,
    holds BOOLEAN NOT NULL, -- a measure is imposed
    PRIMARY KEY (party_id, id)
);
CREATE INDEX finding_standing ON finding (party_id, subject_id, kind) WHERE holds;

ALTER TABLE dealership ADD COLUMN ended_by UUID; -- the finding
ALTER TABLE dealership ADD COLUMN ended_rule TEXT;
