-- What a party may use, where the platform has set other figures than the host's usual ones.

CREATE TABLE party_limit (
    party_id UUID NOT NULL PRIMARY KEY,
    policies BIGINT, -- absent: as usual; so with all of them
    component_bytes BIGINT,
    fuel_per_call BIGINT,
    calls_per_second BIGINT,
    concurrent_calls BIGINT,
    unfinished_uploads BIGINT,
    back_tests BIGINT,
    revision BIGINT NOT NULL, -- grows with every change, so that hosts see that there was one
    set_by TEXT NOT NULL,
    set_at TIMESTAMPTZ NOT NULL
);
