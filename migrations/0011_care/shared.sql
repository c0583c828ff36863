-- Customer care: what reports add up, and the calls and visits that follow a service.

ALTER TABLE claim ADD COLUMN matter TEXT NOT NULL DEFAULT 'warranty';
ALTER TABLE claim ADD COLUMN opened_at TIMESTAMPTZ;
ALTER TABLE claim ADD COLUMN ended_at TIMESTAMPTZ; -- closed or cancelled
ALTER TABLE claim ADD COLUMN remedy TEXT; -- carried out, once it is closed
ALTER TABLE claim ADD COLUMN surveyed_at TIMESTAMPTZ; -- the customer's opinion
ALTER TABLE claim ADD COLUMN satisfied BOOLEAN;
ALTER TABLE claim ADD COLUMN complained_at TIMESTAMPTZ; -- a complaint, and what became of it
ALTER TABLE claim ADD COLUMN resolved_at TIMESTAMPTZ;
ALTER TABLE claim ADD COLUMN justified BOOLEAN;
ALTER TABLE claim ADD COLUMN cause TEXT;
ALTER TABLE claim ADD COLUMN department TEXT;
UPDATE claim SET opened_at =
    (SELECT t.opened_at FROM ticket t WHERE t.party_id = claim.party_id AND t.id = claim.ticket_id);

CREATE INDEX claim_opened ON claim (party_id, opened_at);
CREATE INDEX claim_owed_opened ON claim (respondent_id, opened_at);
CREATE INDEX claim_ended ON claim (party_id, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX claim_owed_ended ON claim (respondent_id, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX claim_surveyed ON claim (party_id, surveyed_at) WHERE surveyed_at IS NOT NULL;
CREATE INDEX claim_owed_surveyed ON claim (respondent_id, surveyed_at) WHERE surveyed_at IS NOT NULL;
CREATE INDEX claim_complained ON claim (party_id, complained_at, id) WHERE complained_at IS NOT NULL;
CREATE INDEX claim_owed_complained ON claim (respondent_id, complained_at, id) WHERE complained_at IS NOT NULL;

CREATE TABLE follow_up (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    claim_id UUID NOT NULL,
    respondent_id UUID NOT NULL,
    state TEXT NOT NULL,
    latest TIMESTAMPTZ NOT NULL,
    doc TEXT NOT NULL, -- JSON
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, ticket_id) REFERENCES ticket (party_id, id)
);
CREATE INDEX follow_up_by_party ON follow_up (party_id, latest, id);
CREATE INDEX follow_up_by_respondent ON follow_up (respondent_id, latest, id);
