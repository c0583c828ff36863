-- Spare parts: what a party keeps, every movement of it, and the requisitions it is drawn by. Places and
-- conditions are the words of the API: 'store:main', 'station:<party>', 'good', 'old'. Days are ISO 8601
-- text, so that text order is the order of days.

CREATE TABLE part (
    party_id UUID NOT NULL, -- whose ledger
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    category TEXT, -- of the product that it belongs to
    model TEXT,
    brand_id UUID, -- whose part it is, where that is another party
    discontinued_on TEXT, -- day
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, number)
);
CREATE INDEX part_by_brand ON part (brand_id, party_id) WHERE brand_id IS NOT NULL;

-- A receiving form, a stock-take or a disposal, as it was signed.
CREATE TABLE part_document (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    number TEXT, -- of a receiving form: booked once
    doc TEXT NOT NULL, -- JSON
    actor TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, id)
);
CREATE UNIQUE INDEX part_document_by_number ON part_document (party_id, kind, number) WHERE number IS NOT NULL;

-- The same quantity leaves one side and enters the other.
CREATE TABLE part_posting (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    part TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_place TEXT NOT NULL,
    from_condition TEXT NOT NULL,
    to_place TEXT NOT NULL,
    to_condition TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    requisition_id UUID,
    document_id UUID,
    reason TEXT,
    actor TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, part) REFERENCES part (party_id, number)
);
CREATE INDEX part_posting_by_part ON part_posting (party_id, part, id);

-- The sum of the postings of each account, written with them.
CREATE TABLE part_balance (
    party_id UUID NOT NULL,
    part TEXT NOT NULL,
    place TEXT NOT NULL,
    condition TEXT NOT NULL,
    holder_id UUID, -- the service station whose account it is
    brand_id UUID, -- as in part
    counted BOOLEAN NOT NULL, -- a place that can be counted never holds less than nothing
    quantity BIGINT NOT NULL,
    PRIMARY KEY (party_id, part, place, condition),
    FOREIGN KEY (party_id, part) REFERENCES part (party_id, number),
    CHECK (quantity >= 0 OR NOT counted)
);
CREATE INDEX part_balance_by_place ON part_balance (party_id, place);
CREATE INDEX part_balance_by_holder ON part_balance (holder_id) WHERE holder_id IS NOT NULL;

CREATE TABLE requisition (
    party_id UUID NOT NULL,
    id UUID NOT NULL,
    part TEXT NOT NULL,
    ticket_id UUID NOT NULL,
    claim_id UUID NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    old_parts BIGINT NOT NULL, -- pieces back and still there
    doc TEXT NOT NULL, -- JSON
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (party_id, id),
    FOREIGN KEY (party_id, part) REFERENCES part (party_id, number)
);
CREATE INDEX requisition_by_ticket ON requisition (party_id, ticket_id, id);
CREATE INDEX requisition_old_parts ON requisition (party_id, id) WHERE old_parts > 0;
