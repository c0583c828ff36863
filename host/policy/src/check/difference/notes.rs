//! What a difference means for those who work with the policy.

use super::Difference;
use sanbao_domain::manifest::{Manifest, Requirement};
use sanbao_domain::text::Text;

/// Ten percent dearer is worth a word.
const DEARER: i64 = 100;

pub(super) fn notes(difference: &Difference, new: &Manifest) -> Vec<Text> {
    let mut notes = Vec::new();
    let mut say = |zh: String, en: String| notes.push(Text::new(zh, en));
    if difference.from.name != difference.to.name {
        let (from, to) = (&difference.from.name, &difference.to.name);
        say(
            format!("两者名称不同：{from} 与 {to}。"),
            format!("The two have different names: {from} and {to}."),
        );
    }
    for interface in &difference.interfaces_removed {
        let name = interface.name();
        say(
            format!("不再导出 {name}：由平台的默认规则回答。"),
            format!("It no longer exports {name}: the host's own baseline answers from now on."),
        );
    }
    for rule in &difference.rules.removed {
        let id = &rule.id;
        say(
            format!("规则 {id} 已删除：新的裁定不再引用它。"),
            format!("Rule {id} is gone: new verdicts cannot cite it."),
        );
    }
    for attribute in &new.attributes {
        let name = &attribute.name;
        let added = difference.attributes.added.iter().any(|one| one.id == *name);
        let made_required = difference
            .attributes
            .changed
            .iter()
            .any(|one| one.id == *name && one.fields.iter().any(|field| field.field == "required"));
        if attribute.required == Requirement::Always && (added || made_required) {
            say(format!("受理时必须填写 {name}。"), format!("Intake must now give the fact {name}."));
        }
    }
    for changed in &difference.attributes.changed {
        if changed.fields.iter().any(|field| field.field == "type" || field.field == "choices") {
            let id = &changed.id;
            say(
                format!("事实 {id} 的取值已变：已登记的工单可能需要补填。"),
                format!("The fact {id} takes other values: open tickets may be asked for it again."),
            );
        }
    }
    for setting in &new.settings {
        let name = &setting.name;
        if setting.default.is_none() && difference.settings.added.iter().any(|one| one.id == *name) {
            say(
                format!("启用时必须设定 {name}。"),
                format!("The setting {name} must be chosen when it is activated."),
            );
        }
    }
    for setting in &difference.settings.removed {
        let name = &setting.id;
        say(
            format!("设定 {name} 已删除：启用时不要再给出。"),
            format!("The setting {name} is gone: leave it out when activating."),
        );
    }
    for fuel in difference.fuel.iter().filter(|fuel| fuel.permille >= DEARER) {
        let (name, percent) = (fuel.interface.name(), fuel.permille / 10);
        say(format!("{name} 的开销增加了 {percent}%。"), format!("{name} costs {percent} % more fuel."));
    }
    notes
}
