//! The labels of the cartons of a return, to be printed: one on each sheet (LGT-28).

use crate::services::tickets::procedures::returns::Printed;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use qrcode::render::svg;
use qrcode::types::QrError;
use qrcode::{EcLevel, QrCode};
use sanbao_domain::claim::returns::{Carton, total};

/// The page loads nothing and runs nothing.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = "\
@page { size: A6 landscape; margin: 6mm }
body { font-family: system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; margin: 0 }
.label { display: grid; grid-template-columns: 1fr 34mm; gap: 4mm; break-after: page; break-inside: avoid; padding: 4mm }
.label:last-child { break-after: auto }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: 1mm 3mm; align-content: start }
dt { color: #444; font-size: 9pt } dd { margin: 0; font-size: 12pt; font-weight: 600; overflow-wrap: anywhere }
.count { font-size: 26pt; font-weight: 700; margin: 0 0 2mm } svg { width: 34mm; height: 34mm }
.small { font-size: 8pt; overflow-wrap: anywhere }";

/// The page.
///
/// # Errors
/// Where a code does not fit, which needs a text far longer than ours.
pub fn page(printed: &Printed) -> Result<String, QrError> {
    let all = printed.cartons.len();
    let labels =
        printed.cartons.iter().map(|carton| one(printed, carton, all)).collect::<Result<Vec<_>, _>>()?;
    let page = html! {
        (DOCTYPE)
        html lang="zh" {
            head {
                meta charset="utf-8";
                title { "返货标签 Return labels · " (printed.number) }
                style { (PreEscaped(STYLE)) }
            }
            body { @for label in &labels { (label) } }
        }
    };
    Ok(page.into_string())
}

/// What the QR code of carton `number` of `all` holds.
fn code(printed: &Printed, number: u32, all: usize) -> String {
    format!("SANBAO {} {} {number}/{all}", printed.number, printed.claim)
}

fn one(printed: &Printed, carton: &Carton, all: usize) -> Result<Markup, QrError> {
    let text = code(printed, carton.number, all);
    let qr = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)?;
    let image = qr.render::<svg::Color<'_>>().min_dimensions(160, 160).build();
    // The declaration of a file of its own has no place within a page.
    let image = image.find("<svg").map_or(image.as_str(), |at| &image[at..]);
    let pieces: u32 = printed.cartons.iter().map(|carton| total(&carton.contents)).sum();
    Ok(html! {
        section.label {
            div {
                p.count { "第 " (carton.number) " 箱 / 共 " (all) " 箱" br; "Carton " (carton.number) " of " (all) }
                dl {
                    dt { "收货单位 Receiving unit" } dd { (printed.label.receiving_unit) }
                    dt { "收货人 Consignee" } dd { (printed.label.consignee) }
                    dt { "返货单位 Returning unit" } dd { (printed.label.returning_unit) }
                    dt { "总件数 Total pieces" } dd { (pieces) }
                    dt { "本箱件数 Pieces in this carton" } dd { (total(&carton.contents)) }
                    @for one in &carton.contents { dt { "型号 Model" } dd { (one.model) " × " (one.pieces) } }
                }
            }
            div { (PreEscaped(image)) p.small { (text) } }
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use sanbao_domain::claim::returns::{Label, Pieces};
    use sanbao_domain::ids::ClaimId;

    #[test]
    fn lgt_28_a_label_says_all_that_the_rule_asks_and_no_text_becomes_markup() {
        let carton =
            |number, pieces| Carton { number, contents: vec![Pieces { model: "DL-9".into(), pieces }] };
        let printed = Printed {
            number: 42,
            claim: ClaimId(uuid::Uuid::from_u128(7)),
            label: Label {
                receiving_unit: "<b>总部</b>".into(),
                consignee: "王工".into(),
                returning_unit: "华光 & 灯饰".into(),
            },
            cartons: vec![carton(1, 6), carton(2, 4)],
        };
        let page = page(&printed).unwrap();
        assert_eq!(page.matches("class=\"label\"").count(), 2);
        assert_eq!(page.matches("<svg").count(), 2);
        for text in ["王工", "华光 &amp; 灯饰", "&lt;b&gt;总部", "Carton 2 of 2", "<dd>10</dd>", "<dd>4</dd>"]
        {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(page.contains(&format!("SANBAO 42 {} 1/2", printed.claim)));
        assert!(!page.contains("<b>") && !page.contains("<?xml"));
    }
}
