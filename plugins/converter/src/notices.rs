//! Who is told what: users about their training (2, 3) and the reply (7), departments about their tasks (8, 18).

use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// What `event` sets off.
pub fn sequence(case: &Case, event: Event) -> Vec<Notice> {
    match event {
        Event::Opened if case.matter == Matter::Training => vec![invitation(case), trainers(case)],
        Event::Installed if !USER_TRAINED.is_true(case) => vec![invitation(case), trainers(case)],
        Event::CallUnresolved => unresolved(case),
        Event::Dispatched => vec![Notice::to(
            "visit",
            Side::Claimant,
            words("将上门服务", "We will visit you"),
            words("我们会与您联系，约定上门时间。", "We will contact you to fix a time."),
            &ZZC_09,
        )],
        _ => Vec::new(),
    }
}

fn invitation(case: &Case) -> Notice {
    let subject = words("使用前培训", "Training before use");
    let content = match TRAINEE.text(case) {
        Some(TARGET_USER) => words("软件功能培训", "training in the functions of the software"),
        Some(END_USER) => words("产品功能讲解", "an explanation of the product's functions"),
        _ => words("功能和使用方法培训", "training in function and method"),
    };
    let body = say!(
        zh: "使用产品前，我们将为您安排", content.zh, "，讲解与实践相结合，并提供详细说明和操作手册。";
        en: "Before you use the product we give you ", content.en, ", by lecture and practice, with detailed instructions and an operation manual."
    );
    let notice = Notice::to("training", Side::Claimant, subject, body, &ZZC_03);
    if TRAINEE.text(case).is_some() { notice.because(ZZC_02.cite()) } else { notice }
}

fn trainers(case: &Case) -> Notice {
    let years = TRAINER_YEARS.amount(&case.settings);
    let body = say!(
        zh: "请安排培训。培训人员须具备机电类专业大专以上学历和 ", years, " 年以上行业经验。";
        en: "Please arrange the training. Whoever trains holds an electromechanical diploma and has at least ", Span::years(years).en(), " in the industry."
    );
    Notice::to_role("trainers", &TRAINERS, words("安排培训", "Training to arrange"), body, &ZZC_18)
}

fn unresolved(case: &Case) -> Vec<Notice> {
    let mut told = vec![Notice::to(
        "reply-follows",
        Side::Claimant,
        words("我们将在24小时内答复", "You have a reply within 24 hours"),
        words(
            "您的问题已记录，我们将在24小时内答复您。请确认联系人和电话。",
            "Your problem is recorded and you have a reply within 24 hours. Please check that your contact and telephone are right.",
        ),
        &ZZC_07,
    )];
    if BEYOND_PHONE.is_true(case) {
        told.push(
            Notice::to_role(
                "arrange-visit",
                visiting_department(case),
                words("请安排现场服务", "On-site service to arrange"),
                words(
                    "电话无法解决，请尽快安排现场服务。",
                    "Phone cannot solve it: please arrange a visit promptly.",
                ),
                &ZZC_08,
            )
            .because(ZZC_17.cite())
            .because(ZZC_R3.cite()),
        );
    }
    told
}
