//! Free service (2), and what each cause leads to (8).

use crate::manifest::FREE_SERVICE_MONTHS;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// Who or what the problem comes from, as rule 8 tells causes apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The company's error: in the product or in the delivery.
    Company,
    /// Not found yet (HAI-R5).
    Unknown,
    /// Misuse by the customer.
    Misuse,
    /// Unstable voltage, or other surroundings.
    Voltage,
    /// Ordinary wear: nobody's error.
    Wear,
    /// The unit works as it should.
    NoFault,
}

impl Origin {
    fn of(cause: Cause) -> Self {
        match cause {
            Cause::Quality
            | Cause::Transit
            | Cause::WrongDelivery
            | Cause::Shortage
            | Cause::Nonconforming => Self::Company,
            Cause::Unknown => Self::Unknown,
            Cause::Misuse
            | Cause::Handling
            | Cause::Incompatible
            | Cause::Tampering
            | Cause::CustomerDamage
            | Cause::Deliberate => Self::Misuse,
            Cause::Environment | Cause::ForceMajeure => Self::Voltage,
            Cause::Wear => Self::Wear,
            Cause::NoFault => Self::NoFault,
        }
    }
}

/// The verdict on what a customer asks for.
pub fn decide(case: &Case) -> Verdict {
    match case.matter {
        Matter::Installation | Matter::Training | Matter::Enquiry => promised(case.matter),
        Matter::Warranty | Matter::Complaint | Matter::StockRequest => repair(case),
    }
}

/// Rule 2: what every buyer has, whatever the cause and whenever.
fn promised(matter: Matter) -> Verdict {
    let task = match matter {
        Matter::Installation => {
            words("免费送货、安装和调试", "Deliver, install and commission free of charge")
        }
        Matter::Training => words("免费讲解使用方法", "Teach the use free of charge"),
        _ => words("免费咨询", "Advise free of charge"),
    };
    Verdict::covered(HAI_02.cite()).offer(Offer::free(Remedy::Service, &HAI_02).obliging(
        Side::Respondent,
        task,
        &HAI_02,
    ))
}

fn repair(case: &Case) -> Verdict {
    let origin = Origin::of(case.cause);
    match origin {
        Origin::Misuse => {
            return charged(HAI_08.applied(words("使用不当", "misuse by the customer"))).note(HAI_R3.cite());
        }
        Origin::Voltage => {
            let voltage = words("电压不稳等环境原因", "unstable voltage, or other surroundings");
            return charged(HAI_08.applied(voltage)).note(HAI_R3.cite());
        }
        Origin::NoFault => {
            return Verdict::not_covered(HAI_08.applied(words("运转正常", "the unit works as it should")));
        }
        Origin::Company | Origin::Unknown | Origin::Wear => {}
    }
    let (basis, starts) = match (case.dates.installed, case.dates.sold) {
        (Some(installed), _) => (Basis::Installed, installed.on),
        (None, Some(sold)) => (Basis::Sold, sold.on),
        (None, None) => {
            let why = words("机器是哪一天安装或购买的？", "On which day was the unit installed or bought?");
            return Verdict::missing("dates.installed", why, &HAI_R1);
        }
    };
    let term = Span::months(FREE_SERVICE_MONTHS.amount(&case.settings));
    let over = starts.plus(term).is_some_and(|last| case.reported().on > last);
    let verdict = if over {
        charged(HAI_02.applied(words("免费服务期已满", "the free service is over")))
    } else {
        free(origin)
    };
    verdict.cover(Cover::counted(basis, starts, term, &HAI_02)).note(HAI_R1.cite())
}

fn free(origin: Origin) -> Verdict {
    let offer = Offer::free(Remedy::Repair, &HAI_02);
    match origin {
        Origin::Unknown => Verdict::covered(HAI_02.cite())
            .offer(offer.provided(
                words("经检查不是使用不当或电压不稳", "The inspection finds neither misuse nor voltage"),
                &HAI_08,
            ))
            .note(HAI_R5.cite()),
        Origin::Wear => Verdict::covered(HAI_02.cite()).offer(offer).note(HAI_R3.cite()),
        _ => Verdict::covered(HAI_08.applied(words("企业失误", "the company's error")))
            .because(HAI_02.cite())
            .offer(offer.by(&HAI_08))
            .note(HAI_R3.cite()),
    }
}

/// A repair for a fee, with free advice (HAI-R3).
fn charged(because: Citation) -> Verdict {
    Verdict::not_covered(because).offer(Offer::quoted(Remedy::Repair, &HAI_R3).obliging(
        Side::Respondent,
        words("免费说明原因和正确的使用方法", "Explain the cause and the right use free of charge"),
        &HAI_02,
    ))
}
