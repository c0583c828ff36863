-- Postings and documents accept new rows only.

CREATE TRIGGER part_posting_no_update BEFORE UPDATE ON part_posting
    BEGIN SELECT RAISE(ABORT, 'postings are never changed'); END;
CREATE TRIGGER part_posting_no_delete BEFORE DELETE ON part_posting
    BEGIN SELECT RAISE(ABORT, 'postings are never removed'); END;
CREATE TRIGGER part_document_no_update BEFORE UPDATE ON part_document
    BEGIN SELECT RAISE(ABORT, 'documents are never changed'); END;
CREATE TRIGGER part_document_no_delete BEFORE DELETE ON part_document
    BEGIN SELECT RAISE(ABORT, 'documents are never removed'); END;
