//! `sanbao demo`: the whole story through HTTP, twice.

mod common;

use common::{packs, sanbao, stderr, stdout, text};

#[test]
fn the_story_comes_out_as_the_regulations_say_and_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let demo = || {
        let folder = packs();
        let args = [
            "demo",
            "--once",
            "--listen",
            "127.0.0.1:0",
            "--dir",
            text(dir.path()),
            "--packs",
            text(&folder),
        ];
        sanbao().args(args).output().unwrap()
    };
    let first = demo();
    assert!(first.status.success(), "{}\n{}", stdout(&first), stderr(&first));
    let table = stdout(&first);
    for part in ["STO-07", "LGT-16", "redirect-to-carrier", "missed: "] {
        assert!(table.contains(part), "{part} in {table}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for file in ["state.json", "admin.key"] {
            let mode = std::fs::metadata(dir.path().join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }
    // The second run finds every ticket and opens none: the same numbers, the same times.
    let second = demo();
    assert!(second.status.success(), "{}\n{}", stdout(&second), stderr(&second));
    assert_eq!(stdout(&second), table);
}
