//! A pack: its component, its tables and its README.

use super::answer::{self, Short};
use super::table::{Ask, Base, Scenario, Table};
use sanbao_domain::calendar::Calendar;
use sanbao_domain::case::Case;
use sanbao_domain::manifest::intake::{typed_attributes, typed_settings};
use sanbao_domain::manifest::{Manifest, RuleKind};
use sanbao_policy::check::check;
use sanbao_policy::compile::Compiler;
use sanbao_policy::decision::Terms;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::{
    Approval, Charges, Coverage, Keep, Milestones, Notices, Penalty, Question, Replaced, RequiredStock,
    Targets, Visits,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) struct Pack {
    pub(crate) name: String,
    folder: PathBuf,
    policy: Arc<Policy>,
    base: Json,
    terms: Terms,
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
        let base: Base = read(&folder.join("scenarios/base.toml"));
        let calendar: Calendar = base.calendar.load().unwrap();
        Self {
            name,
            folder,
            policy: checked.policy.unwrap(),
            base: base.facts,
            terms: Terms::new(Arc::new(calendar)),
        }
    }

    pub(crate) fn manifest(&self) -> &Manifest {
        self.policy.manifest()
    }

    pub(crate) fn tables(&self) -> Vec<Table> {
        let files = fs::read_dir(self.folder.join("scenarios")).unwrap();
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files.retain(|file| !file.ends_with("base.toml"));
        files
            .iter()
            .map(|file| {
                let table: Table = read(file);
                assert_eq!(file.file_stem().unwrap(), table.rule.as_str(), "{}", file.display());
                table
            })
            .collect()
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
        let (_, short) = self.ask(scenario);
        let differences: Vec<_> = scenario
            .expect
            .iter()
            .filter(|(part, expected)| short.get(*part) != Some(expected))
            .map(|(part, expected)| {
                let given = short.get(part).map_or("nothing".to_owned(), Json::to_string);
                format!("  {part}: expected {expected}, was {given}\n")
            })
            .collect();
        if differences.is_empty() { Ok(()) } else { Err(differences.concat()) }
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
        collect(&self.ask(scenario).0, &mut found);
        found
    }

    fn ask(&self, scenario: &Scenario) -> (Json, Short) {
        let case = self.case(scenario);
        let calendar = &self.terms.calendar;
        let event = || scenario.needed("event", &scenario.event);
        let part = || scenario.needed("part", &scenario.part);
        match scenario.asks() {
            Ask::Coverage => self.answer(Coverage { case }, |verdict| answer::verdict(verdict, calendar)),
            Ask::Approval => {
                let request = scenario.needed("request", &scenario.request);
                self.answer(Approval { case, request }, answer::plan)
            }
            Ask::Milestones => self.answer(Milestones { case, event: event() }, |due| {
                answer::milestones(due, scenario.at, calendar)
            }),
            Ask::Targets => self.answer(Targets { settings: case.settings }, |all| answer::targets(all)),
            Ask::Penalty => {
                let finding = scenario.needed("finding", &scenario.finding);
                self.answer(Penalty { case, finding }, |all| answer::measures(all))
            }
            Ask::Keep => {
                let discontinued = case.dates.discontinued;
                self.answer(Keep { case, part: part() }, |keeping| {
                    answer::keeping(keeping.as_ref(), discontinued, calendar)
                })
            }
            Ask::Replaced => self.answer(Replaced { case, part: part() }, answer::old_part),
            Ask::RequiredStock => {
                self.answer(RequiredStock { settings: case.settings }, |all| answer::required_stock(all))
            }
            Ask::Charges => {
                let remedy = scenario.needed("remedy", &scenario.remedy);
                let items = scenario.needed("items", &scenario.items);
                self.answer(Charges { case, remedy, items }, answer::quote)
            }
            Ask::Notices => self.answer(Notices { case, event: event() }, |all| answer::notices(all)),
            Ask::Visits => self.answer(Visits { case, event: event() }, |all| answer::visits(all)),
        }
    }

    fn answer<T: Serialize>(
        &self,
        question: impl Question<Answer = T>,
        short: impl FnOnce(&T) -> Short,
    ) -> (Json, Short) {
        let answer = self.policy.ask(&self.terms, question).outcome.unwrap();
        (serde_json::to_value(&answer).unwrap(), short(&answer))
    }

    fn case(&self, scenario: &Scenario) -> Case {
        let mut facts = self.base.clone();
        lay_over(&mut facts, &scenario.facts);
        for path in &scenario.without {
            assert!(take_out(&mut facts, path), "{}: the base has no {path}", scenario.name);
        }
        let attributes = typed_attributes(&self.manifest().attributes, &named(&mut facts, "attributes"));
        let settings = typed_settings(&self.manifest().settings, &named(&mut facts, "settings"));
        let mut case: Case =
            serde_json::from_value(facts).unwrap_or_else(|error| panic!("{}: {error}", scenario.name));
        case.attributes = attributes.unwrap_or_else(|problems| panic!("{}: {problems:?}", scenario.name));
        case.settings = settings.unwrap_or_else(|problems| panic!("{}: {problems:?}", scenario.name));
        case
    }
}

fn lay_over(base: &mut Json, facts: &Json) {
    match (base, facts) {
        (_, Json::Null) => {}
        (Json::Object(base), Json::Object(facts)) => {
            for (name, value) in facts {
                lay_over(base.entry(name.clone()).or_insert(Json::Null), value);
            }
        }
        (base, facts) => *base = facts.clone(),
    }
}

fn take_out(facts: &mut Json, path: &str) -> bool {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    let mut parent = parent.split('.').filter(|part| !part.is_empty());
    let place = parent.try_fold(facts, |place, part| place.get_mut(part));
    place.and_then(Json::as_object_mut).is_some_and(|fields| fields.remove(name).is_some())
}

fn named(facts: &mut Json, name: &str) -> Map<String, Json> {
    match facts.as_object_mut().and_then(|fields| fields.remove(name)) {
        Some(Json::Object(values)) => values,
        _ => Map::new(),
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> T {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
