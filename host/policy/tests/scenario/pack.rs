//! A pack: its component, its tables and its README.

use sanbao_domain::manifest::{Manifest, RuleKind};
use sanbao_policy::check::check;
use sanbao_policy::compile::Compiler;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::limits::Limits;
use sanbao_policy::policy::Policy;
use sanbao_policy::scenario::{Given, Scenario, Set, Table, find};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) struct Pack {
    pub(crate) name: String,
    folder: PathBuf,
    policy: Arc<Policy>,
    set: Set,
}

impl Pack {
    /// Every folder of `plugins/` with scenarios is a pack.
    pub(crate) fn all() -> Vec<Self> {
        let engine = Engine::new(EngineOptions::default()).unwrap();
        let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
        let folders = fs::read_dir(&plugins).unwrap().map(|folder| folder.unwrap().path());
        let mut folders: Vec<_> =
            folders.filter(|folder| folder.join("scenarios/base.toml").exists()).collect();
        folders.sort();
        let name = |folder: &PathBuf| folder.file_name().unwrap().to_str().unwrap().to_owned();
        folders.iter().map(|folder| Self::load(&engine, &plugins, name(folder))).collect()
    }

    /// Taken in as an upload is.
    fn load(engine: &Arc<Engine>, plugins: &Path, name: String) -> Self {
        let built = plugins.join("target/wasm32-unknown-unknown/release");
        let module = built.join(format!("sanbao_{}_pack.wasm", name.replace('-', "_")));
        let module = fs::read(&module).unwrap_or_else(|error| {
            panic!("{}: {error}; build the packs with plugins/build.sh", module.display())
        });
        let checked = check(&Compiler::in_process(engine.clone()), &module, &mut |_| ());
        assert_eq!(checked.report.problems, [], "{name}");
        let folder = plugins.join(&name);
        let set = Set::read(&folder.join("scenarios")).unwrap();
        let carried = find(&checked.component).unwrap().expect("scenarios in the component");
        assert_eq!(
            Set::parse(carried).unwrap().content().unwrap(),
            set.content().unwrap(),
            "{name}: rebuild it"
        );
        assert_eq!(checked.report.scenarios.unwrap().run(), set.len(), "{name}");
        Self { name, folder, policy: checked.policy.unwrap(), set }
    }

    pub(crate) fn manifest(&self) -> &Manifest {
        self.policy.manifest()
    }

    pub(crate) fn tables(&self) -> &[Table] {
        self.set.tables()
    }

    /// Rules that answers may cite: all but conduct, which nothing computes.
    pub(crate) fn rules(&self) -> BTreeSet<String> {
        let rules = self.manifest().rules.iter().filter(|rule| rule.kind != RuleKind::Conduct);
        rules.map(|rule| rule.id.clone()).collect()
    }

    /// Rules that the README lists as running elsewhere: the rows `| STO-25 | … |` below that heading.
    pub(crate) fn rules_elsewhere(&self) -> BTreeSet<String> {
        let readme = fs::read_to_string(self.folder.join("README.md")).unwrap();
        let (_, below) = readme.split_once("## Rules that run elsewhere").unwrap();
        let below = below.split("\n## ").next().unwrap();
        let rules = self.rules();
        let known = |id: &str| rules.contains(id);
        let rows = below.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
        rows.flat_map(|cell| cell.split(", ")).filter(|id| known(id)).map(str::to_owned).collect()
    }

    /// The answer, where it is as expected; else every difference.
    pub(crate) fn run(&self, scenario: &Scenario) -> Result<(), String> {
        let given = self.ask(scenario);
        let lines = scenario.deviations(&given).into_iter().map(|one| {
            let given = one.given.unwrap_or_else(|| "nothing".to_owned());
            format!("  {}: expected {}, was {given}\n", one.part, one.expected)
        });
        let differences: String = lines.collect();
        if differences.is_empty() { Ok(()) } else { Err(differences) }
    }

    /// Every rule that the answer names anywhere.
    pub(crate) fn rules_in_answer(&self, scenario: &Scenario) -> BTreeSet<String> {
        fn collect(value: &Json, found: &mut BTreeSet<String>) {
            match value {
                Json::Object(fields) => {
                    found.extend(fields.get("rule").and_then(Json::as_str).map(str::to_owned));
                    fields.values().for_each(|field| collect(field, found));
                }
                Json::Array(items) => items.iter().for_each(|item| collect(item, found)),
                _ => {}
            }
        }
        let mut found = BTreeSet::new();
        collect(&self.ask(scenario).answer, &mut found);
        found
    }

    fn ask(&self, scenario: &Scenario) -> Given {
        let asked = self.set.ask(&self.policy, scenario, Limits::default());
        asked.outcome.unwrap_or_else(|error| panic!("{}: {}: {error}", self.name, scenario.name))
    }
}
