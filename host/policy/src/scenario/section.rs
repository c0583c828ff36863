//! The custom section that carries scenarios in a module or component.

use wasm_encoder::{CustomSection, RawSection, Section};
use wasmparser::{BinaryReaderError, Parser, Payload};

/// Name of the custom section.
pub const SECTION: &str = "sanbao:scenarios";
/// Most bytes of its content.
pub const SECTION_SIZE: usize = 1 << 20;

/// A module or component whose scenarios cannot be found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SectionError {
    /// It is not WebAssembly, or is cut.
    #[error("it is not WebAssembly: {0}")]
    Invalid(String),
    /// Two sections at the same depth.
    #[error("two sections {SECTION} stand side by side")]
    Two,
}

impl From<BinaryReaderError> for SectionError {
    fn from(error: BinaryReaderError) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// The content of the section, at any depth: a component holds the modules that it was made of. The outermost
/// one counts, so that scenarios given to a component replace those that its module brought along.
///
/// # Errors
/// Bytes that are not WebAssembly; two sections at the outermost depth.
pub fn find(wasm: &[u8]) -> Result<Option<&[u8]>, SectionError> {
    let mut depth = 0_usize;
    let mut found: Option<(usize, &[u8])> = None;
    let mut twice = false;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::CustomSection(section) if section.name() == SECTION => match found {
                Some((outer, _)) if outer < depth => {}
                Some((outer, _)) if outer == depth => twice = true,
                _ => (found, twice) = (Some((depth, section.data())), false),
            },
            _ => {}
        }
    }
    if twice { Err(SectionError::Two) } else { Ok(found.map(|(_, content)| content)) }
}

/// Puts the content into a module or component, in place of what it carried at its outermost level. Everything
/// else stays byte for byte.
///
/// # Errors
/// Bytes that are not WebAssembly.
pub fn add(wasm: &[u8], content: &[u8]) -> Result<Vec<u8>, SectionError> {
    let mut made = Vec::with_capacity(wasm.len() + content.len() + 64);
    let mut depth = 0_usize;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        // What is nested is copied with the section that holds it.
        let outermost = depth == 0;
        match &payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match &payload {
            Payload::Version { range, .. } if outermost => {
                made.extend_from_slice(wasm.get(range.clone()).unwrap_or_default());
            }
            Payload::CustomSection(section) if section.name() == SECTION => {}
            _ if outermost => {
                if let Some((id, range)) = payload.as_section() {
                    RawSection { id, data: wasm.get(range).unwrap_or_default() }.append_to(&mut made);
                }
            }
            _ => {}
        }
    }
    CustomSection { name: SECTION.into(), data: content.into() }.append_to(&mut made);
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wasm(text: &str) -> Vec<u8> {
        wat::parse_str(text).unwrap()
    }

    #[test]
    fn it_is_found_at_any_depth_and_the_outermost_counts() {
        let inner = r#"(core module (@custom "sanbao:scenarios" "inner") (func))"#;
        let nested = wasm(&format!("(component (component {inner}) (core module))"));
        assert_eq!(find(&nested), Ok(Some(b"inner".as_slice())));
        let outer = add(&nested, b"outer").unwrap();
        assert_eq!(find(&outer), Ok(Some(b"outer".as_slice())));
        assert!(outer.starts_with(&nested), "nothing else has changed");
        assert_eq!(add(&outer, b"outer"), Ok(outer.clone()), "given again, it replaces itself");
        assert_eq!(find(&wasm(r#"(component (core module))"#)), Ok(None));
        let beside = wasm(&format!("(component {inner} {inner})"));
        assert_eq!(find(&beside), Err(SectionError::Two));
        assert_eq!(find(&add(&beside, b"one").unwrap()), Ok(Some(b"one".as_slice())));
    }

    #[test]
    fn a_module_keeps_what_it_has() {
        let module = wasm(r#"(module (memory 1) (@custom "other" "x") (data (i32.const 0) "y"))"#);
        let with = add(&module, b"scenarios").unwrap();
        assert!(with.starts_with(&module));
        wasmparser::validate(&with).unwrap();
        assert!(matches!(add(b"text", b""), Err(SectionError::Invalid(_))));
    }
}
