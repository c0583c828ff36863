-- Activations that took another one back, and why.

CREATE TABLE activation_rollback (
    party_id UUID NOT NULL,
    activation_id UUID NOT NULL, -- what judges again: the earlier version, with its settings
    taken_back UUID NOT NULL, -- the activation that judges no more
    earlier UUID NOT NULL, -- the activation whose version and settings judge again
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, activation_id),
    FOREIGN KEY (party_id, activation_id) REFERENCES activation (party_id, id),
    FOREIGN KEY (party_id, taken_back) REFERENCES activation (party_id, id),
    FOREIGN KEY (party_id, earlier) REFERENCES activation (party_id, id)
);
CREATE UNIQUE INDEX activation_rollback_taken_back ON activation_rollback (party_id, taken_back);

-- Every host looks every second for what was made, or begins, since it looked last.
CREATE INDEX activation_made ON activation (created_at);
CREATE INDEX activation_begins ON activation (valid_from);
