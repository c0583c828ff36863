-- Keys are added by the host itself and never changed. Whoever may see one sees it through the host.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON receipt_key
    FOR EACH ROW EXECUTE FUNCTION sanbao_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON receipt_key
    FOR EACH STATEMENT EXECUTE FUNCTION sanbao_append_only();

ALTER TABLE receipt_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE receipt_key FORCE ROW LEVEL SECURITY;
CREATE POLICY host ON receipt_key
    USING ((SELECT sanbao_platform()));
