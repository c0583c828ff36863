-- How policy versions fare on live calls. Hosts count in memory and add to these rows every few seconds, so
-- that several hosts add up.

CREATE TABLE policy_health (
    party_id UUID NOT NULL, -- whose policy it is
    policy_id UUID NOT NULL,
    hour TIMESTAMPTZ NOT NULL, -- its first instant
    activation_id UUID NOT NULL,
    interface TEXT NOT NULL,
    calls BIGINT NOT NULL,
    failed BIGINT NOT NULL, -- by the policy's fault
    unavailable BIGINT NOT NULL, -- failed by the host's
    referred BIGINT NOT NULL, -- answered that a person decides
    fuel_max BIGINT NOT NULL,
    took_max BIGINT NOT NULL, -- nanoseconds
    PRIMARY KEY (party_id, policy_id, hour, activation_id, interface)
);
CREATE INDEX policy_health_by_hour ON policy_health (party_id, hour);

-- Failures by kind, and the distributions of fuel and time in logarithmic steps.
CREATE TABLE policy_health_count (
    party_id UUID NOT NULL,
    policy_id UUID NOT NULL,
    hour TIMESTAMPTZ NOT NULL,
    interface TEXT NOT NULL,
    figure TEXT NOT NULL, -- fuel, took, or the kind of a failure
    bucket BIGINT NOT NULL, -- step of the distribution; 0 for failures
    amount BIGINT NOT NULL,
    PRIMARY KEY (party_id, policy_id, hour, interface, figure, bucket)
);

-- What hosts have added already: an addition whose outcome its host did not learn is not made twice.
CREATE TABLE policy_flush (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL
);
CREATE INDEX policy_flush_by_age ON policy_flush (at);

-- Past which share of failures a party's version is taken back by itself.
CREATE TABLE policy_guard (
    party_id UUID NOT NULL PRIMARY KEY,
    failures_percent BIGINT NOT NULL,
    min_calls BIGINT NOT NULL,
    window_hours BIGINT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- Activations that passed it, each once.
CREATE TABLE policy_return (
    party_id UUID NOT NULL,
    activation_id UUID NOT NULL, -- what failed
    policy_id UUID NOT NULL,
    again UUID, -- the activation that judges instead; absent: there was nothing to return to
    calls BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    guard TEXT NOT NULL, -- JSON: the figures that it passed
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, activation_id),
    FOREIGN KEY (party_id, activation_id) REFERENCES activation (party_id, id)
);
