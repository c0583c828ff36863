-- An activation that is the statutory floor of a jurisdiction judges beside others' policies, never what
-- its own party owes.

ALTER TABLE activation ADD COLUMN floor TEXT; -- ISO 3166 code
CREATE INDEX activation_floor ON activation (floor, valid_from) WHERE floor IS NOT NULL;
