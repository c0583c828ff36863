//! What the converter policy declares: facts about users and problems, the company's choices, and roles.

use crate::rules::{self, *};
use sanbao_kit::prelude::*;

/// The user was trained on this product.
pub static USER_TRAINED: Fact = Fact::yes_no(
    "user-trained",
    words("用户是否接受过本产品的培训？", "Has the user been trained on this product?"),
    &[&ZZC_03, &ZZC_R6],
);

/// Who is to be trained.
pub static TRAINEE: Fact = Fact::one_of(
    "trainee",
    words("培训对象是谁？", "Who is to be trained?"),
    &[(TARGET_USER, words("目标用户", "Target users")), (END_USER, words("最终用户", "End users"))],
    &[&ZZC_02],
);
/// A value of [`TRAINEE`].
pub const TARGET_USER: &str = "target-user";
/// A value of [`TRAINEE`].
pub const END_USER: &str = "end-user";

/// Phone, fax and e-mail cannot solve the problem.
pub static BEYOND_PHONE: Fact = Fact::yes_no(
    "beyond-phone",
    words("电话、传真或电子邮件是否无法解决？", "Is it beyond phone, fax and e-mail?"),
    &[&ZZC_08, &ZZC_17],
);

/// A visit did not solve the problem.
pub static UNSOLVED_ON_SITE: Fact = Fact::yes_no(
    "unsolved-on-site",
    words("现场服务是否未能解决？", "Did a visit leave the problem unsolved?"),
    &[&ZZC_13],
);

/// Days from installation, or from the request, within which training is held.
pub static TRAINING_DAYS: Setting = Setting::new(
    "training-days",
    ValueType::Integer,
    words("培训期限（天）", "Training is held within (days)"),
    &[&ZZC_03, &ZZC_R1],
)
.or(Constant::Integer(7))
.explained(words("自安装或申请培训之日起", "From the installation, or from the request for training"));

/// Years in the industry that a trainer has at least.
pub static TRAINER_YEARS: Setting = Setting::new(
    "trainer-years",
    ValueType::Integer,
    words("培训人员最低行业经验（年）", "Years in the industry that a trainer has at least"),
    &[&ZZC_18],
)
.or(Constant::Integer(2));

/// The customer service department, not the project department, arranges visits.
pub static VISITS_BY_CUSTOMER_SERVICE: Setting = Setting::new(
    "visits-by-customer-service",
    ValueType::Boolean,
    words(
        "现场服务由客户服务部（而非项目部）安排",
        "Visits are arranged by the customer service department, not by the project department",
    ),
    &[&ZZC_08, &ZZC_R3],
)
.or(Constant::Boolean(false));

/// Arranges visits (ZZC-R3).
pub static PROJECT_DEPARTMENT: Role =
    Role { id: "project-department", title: words("项目部", "Project department") };

/// Answers the line; arranges visits where the company chose so.
pub static CUSTOMER_SERVICE: Role = Role {
    id: "customer-service-department",
    title: words("客户服务部", "Customer service department"),
};

/// Holds training.
pub static TRAINERS: Role = Role { id: "trainers", title: words("培训人员", "Trainers") };

/// The department that arranges visits (ZZC-R3).
pub fn visiting_department(case: &Case) -> &'static Role {
    if VISITS_BY_CUSTOMER_SERVICE.boolean(&case.settings, false) {
        &CUSTOMER_SERVICE
    } else {
        &PROJECT_DEPARTMENT
    }
}

/// The converter policy.
pub static POLICY: Policy = Policy {
    name: "converter",
    version: env!("CARGO_PKG_VERSION"),
    title: words("机电产品售后服务制度", "Service system for electromechanical products"),
    rules: rules::ALL,
    facts: &[&USER_TRAINED, &TRAINEE, &BEYOND_PHONE, &UNSOLVED_ON_SITE],
    settings: &[&TRAINING_DAYS, &TRAINER_YEARS, &VISITS_BY_CUSTOMER_SERVICE],
    roles: &[&PROJECT_DEPARTMENT, &CUSTOMER_SERVICE, &TRAINERS],
};
