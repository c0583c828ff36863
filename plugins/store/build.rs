//! Puts the tables of `scenarios/` into the component.

fn main() -> std::io::Result<()> {
    sanbao_kit_build::scenarios("scenarios")
}
