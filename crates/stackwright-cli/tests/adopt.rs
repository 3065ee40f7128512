//! Writes the manifests of `adopt/` as Rust, and compares the code with what lies beside them.
//!
//! A new case is a new file of YAML; `REFRESH=1 cargo test -p stackwright-cli --test adopt` writes the code of all. That the code compiles
//! and makes the same objects, `e2e/adopt/run` proves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[test]
fn manifests_become_this_code() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adopt");
    let mut names: Vec<_> =
        entries(&cases).into_iter().filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    names.sort();
    assert!(names.len() >= 3, "{names:?}");
    for case in names {
        let name = case.file_stem().and_then(|name| name.to_str()).expect("a name");
        let out = tempfile::tempdir().expect("there is a folder for temporary files");
        let mut program = Command::new(env!("CARGO_BIN_EXE_stackwright"));
        let manifest = format!("{name}.yaml");
        program.args(["adopt", &manifest, "--name", name, "--no-proof", "--out"]).arg(out.path()).current_dir(&cases);
        let done = program.output().expect("the program runs");
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        if env::var_os("REFRESH").is_some() {
            for (path, text) in written(out.path(), name) {
                fs::create_dir_all(cases.join(&path).parent().expect("a folder")).expect("it can be made");
                fs::write(cases.join(path), text).expect("it can be written");
            }
        }
        assert_eq!(written(&cases, name), written(out.path(), name), "{name}: REFRESH=1 writes it anew");
    }
}

/// The module of a name and the files beside it.
fn written(folder: &Path, name: &str) -> BTreeMap<PathBuf, String> {
    let module = folder.join(format!("{name}.rs"));
    let beside = folder.join(name);
    let files = if beside.is_dir() { entries(&beside) } else { Vec::new() };
    let all = files.into_iter().chain(module.is_file().then_some(module));
    all.map(|path| (path.strip_prefix(folder).expect("below it").to_owned(), fs::read_to_string(&path).expect("text")))
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}
