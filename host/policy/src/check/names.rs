//! What a component imports and exports, by name.

use wasmparser::{Parser, Payload};

/// Names of imports and exports, as the component states them: "sanbao:policy/coverage@1.0.0".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of imports.
    pub imports: Vec<String>,
    /// Of exports.
    pub exports: Vec<String>,
}

/// Reads the names of the outermost component. What cannot be read is left out: this is for describing what was
/// checked, not for checking.
pub fn names(component: &[u8]) -> Names {
    let (mut names, mut depth) = (Names::default(), 0_usize);
    for payload in Parser::new(0).parse_all(component).map_while(Result::ok) {
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(all) if depth == 0 => {
                names.imports.extend(all.into_iter().flatten().map(|one| one.name.name.to_owned()));
            }
            Payload::ComponentExportSection(all) if depth == 0 => {
                names.exports.extend(all.into_iter().flatten().map(|one| one.name.name.to_owned()));
            }
            _ => {}
        }
    }
    names
}
