-- Shadow runs: a candidate beside the version in force on live calls, and where the two differ.

CREATE TABLE shadow (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    candidate_id UUID NOT NULL, -- the version that is tried
    share BIGINT NOT NULL, -- percent of the calls
    interfaces TEXT NOT NULL, -- JSON: those that are compared; empty: all
    settings TEXT, -- JSON: the candidate's; absent: as the live call's
    until TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    ended_by TEXT, -- until, retired, or the name of the key
    kept BIGINT NOT NULL, -- divergences that are kept
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, candidate_id) REFERENCES policy (party_id, id)
);
CREATE INDEX shadow_running ON shadow (until) WHERE ended_at IS NULL;

-- Exact counts. Hosts add to them.
CREATE TABLE shadow_count (
    party_id UUID NOT NULL,
    shadow_id UUID NOT NULL,
    figure TEXT NOT NULL,
    subject TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (party_id, shadow_id, figure, subject),
    FOREIGN KEY (party_id, shadow_id) REFERENCES shadow (party_id, id)
);

-- Examples, a bounded number for each run.
CREATE TABLE shadow_divergence (
    party_id UUID NOT NULL,
    shadow_id UUID NOT NULL,
    id UUID NOT NULL,
    receipt_id UUID NOT NULL, -- of the live call
    interface TEXT NOT NULL, -- the function that was asked
    doc TEXT NOT NULL, -- JSON: what differs
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, shadow_id, id),
    FOREIGN KEY (party_id, shadow_id) REFERENCES shadow (party_id, id)
);
