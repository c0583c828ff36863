//! Large uploads: refused by their size before anything else, and just within it.

use crate::common::compiler;
use crate::examined;
use sanbao_hostile::Fixture;
use sanbao_policy::check::{Code, SIZE, check};

/// A well-behaved policy with data of zeros, as large as one likes: an archive would hold it in a few bytes.
fn padded(bytes: usize) -> Vec<u8> {
    let mut component = Fixture::WellBehaved.component();
    let name = b"\x04zero";
    let mut size = name.len() + bytes;
    component.push(0);
    loop {
        let byte = u8::try_from(size & 0x7f).unwrap();
        size >>= 7;
        component.push(if size > 0 { byte | 0x80 } else { byte });
        if size == 0 {
            break;
        }
    }
    component.extend_from_slice(name);
    component.resize(component.len() + bytes, 0);
    component
}

/// The same in a data segment of a core module, where it would have to be laid out in memory.
fn data(bytes: usize) -> Vec<u8> {
    use wasm_encoder::{ConstExpr, DataSection, MemorySection, MemoryType, Module};
    let mut memories = MemorySection::new();
    let pages = bytes.div_ceil(65536) as u64;
    memories.memory(MemoryType {
        minimum: pages,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(0), vec![0; bytes]);
    let mut module = Module::new();
    module.section(&memories).section(&data);
    module.finish()
}

#[test]
fn a_hundred_megabytes_of_zeros_are_refused_by_size_alone() {
    for upload in [padded(100 << 20), data(100 << 20), vec![0; 100 << 20]] {
        let mut steps = Vec::new();
        let checked = check(&compiler(), &upload, &mut |step| steps.push(step));
        assert_eq!(checked.report.problems.len(), 1);
        assert_eq!(checked.report.problems[0].code, Code::TooLarge);
        assert_eq!(steps.len(), 1, "nothing was done with it");
        assert_eq!(checked.report.compile_millis, 0);
    }
}

#[test]
fn just_within_the_size_a_policy_is_a_policy() {
    let least = Fixture::WellBehaved.component().len();
    let full = padded(SIZE - least - 10);
    assert!(full.len() <= SIZE && full.len() > SIZE - 10);
    assert!(examined(&compiler(), &full).accepted());
    let over = padded(SIZE - least);
    assert_eq!(examined(&compiler(), &over).problems[0].code, Code::TooLarge);
    // Valid, but no policy: found without laying it out.
    let report = examined(&compiler(), &data(SIZE - 100));
    assert_eq!((report.problems[0].code, report.compile_millis), (Code::NoManifest, 0));
}
