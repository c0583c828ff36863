-- Keys that signed something are never changed.

CREATE TRIGGER receipt_key_no_update BEFORE UPDATE ON receipt_key
    BEGIN SELECT RAISE(ABORT, 'keys that signed receipts are never changed'); END;
CREATE TRIGGER receipt_key_no_delete BEFORE DELETE ON receipt_key
    BEGIN SELECT RAISE(ABORT, 'keys that signed receipts are never removed'); END;
