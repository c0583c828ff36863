-- Back-tests: jobs, how far they came, what they found. And the way to read a party's decisions in order.

CREATE TABLE back_test (
    party_id UUID NOT NULL,
    id UUID NOT NULL, -- receipts with smaller ids are its history
    policy_id UUID NOT NULL,
    state TEXT NOT NULL, -- queued, running, finished, cancelled, failed
    request TEXT NOT NULL, -- JSON
    total BIGINT, -- decisions to read, once they are counted
    done BIGINT NOT NULL, -- of them, read
    progress TEXT NOT NULL, -- JSON: where it stands, and what it found so far
    ran_ms BIGINT NOT NULL, -- spent on it, by all hosts
    changed_ppm BIGINT, -- changed decisions in a million, once it is finished
    why TEXT, -- why it failed, JSON
    created_at TIMESTAMPTZ NOT NULL,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    lease UUID, -- of the host that works on it
    leased_until TIMESTAMPTZ,
    saves BIGINT NOT NULL, -- rises with each change
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, policy_id) REFERENCES policy (party_id, id)
);
CREATE INDEX back_test_waiting ON back_test (created_at) WHERE state IN ('queued', 'running');
CREATE INDEX back_test_of_policy ON back_test (party_id, policy_id, id);

CREATE INDEX receipt_history ON receipt (respondent_id, interface, id);
