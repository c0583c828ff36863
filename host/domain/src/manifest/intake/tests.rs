use super::*;
use crate::money::Decimal;
use crate::text::Text;
use proptest::prelude::*;
use serde_json::json;

fn attribute(name: &str, value_type: ValueType) -> AttributeDeclaration {
    AttributeDeclaration {
        name: name.to_owned(),
        value_type,
        label: Text::default(),
        help: None,
        required: Requirement::Optional,
        choices: Vec::new(),
        rules: Vec::new(),
    }
}

fn choices(values: &[&str]) -> Vec<Choice> {
    values.iter().map(|value| Choice { value: (*value).to_owned(), label: Text::default() }).collect()
}

fn declared() -> Vec<AttributeDeclaration> {
    vec![
        AttributeDeclaration {
            choices: choices(&["electronic", "light-source"]),
            ..attribute("part-kind", ValueType::Text)
        },
        attribute("remark", ValueType::Text),
        attribute("earlier-repairs", ValueType::Integer),
        attribute("price-paid", ValueType::Decimal),
        attribute("has-proof", ValueType::Boolean),
        attribute("bought", ValueType::Date),
        attribute("found-at", ValueType::Instant),
    ]
}

fn map(json: Json) -> Map<String, Json> {
    json.as_object().cloned().unwrap()
}

fn one(value_type: ValueType, json: Json) -> Option<Value> {
    let given = Map::from_iter([("x".to_owned(), json)]);
    typed_attributes(&[attribute("x", value_type)], &given).ok().map(|facts| facts[0].value.clone())
}

fn decimal(digits: i64, scale: u8) -> Option<Value> {
    Some(Value::Decimal(Decimal { digits, scale }))
}

#[test]
fn values_are_typed_in_the_manifests_order() {
    let given = map(json!({
        "found-at": "2024-05-01T08:30:00+08:00", "bought": "2024-05-01", "has-proof": true,
        "price-paid": "12.50", "earlier-repairs": 3, "part-kind": "electronic", "remark": null,
    }));
    let facts = typed_attributes(&declared(), &given).unwrap();
    let plainly: Vec<(&str, Json)> =
        facts.iter().map(|fact| (fact.name.as_str(), plain(&fact.value))).collect();
    assert_eq!(
        plainly,
        [
            ("part-kind", json!("electronic")),
            ("earlier-repairs", json!(3)),
            ("price-paid", json!("12.50")),
            ("has-proof", json!(true)),
            ("bought", json!("2024-05-01")),
            ("found-at", json!("2024-05-01T00:30:00Z")),
        ]
    );
    assert_eq!(facts[2].value, decimal(1250, 2).unwrap());
}

#[test]
fn every_problem_is_reported_with_its_field_and_fix() {
    let given = map(json!({
        "part-kind": "electric", "erlier-repairs": 3, "colour": "red", "has-proof": "yes", "bought": "1 May",
        "found-at": "2024-05-01", "remark": ["x"],
    }));
    let problems = typed_attributes(&declared(), &given).unwrap_err();
    let told: Vec<[String; 3]> =
        problems.iter().map(|problem| [problem.field(), problem.to_string(), problem.fix()]).collect();
    let expected = [
        [
            "attributes.bought",
            "attribute \"bought\" takes a day such as \"2024-05-01\", not \"1 May\"",
            "give a day such as \"2024-05-01\"",
        ],
        [
            "attributes.colour",
            "the policy has no attribute \"colour\"",
            "leave it out; the policy's manifest lists its attributes",
        ],
        [
            "attributes.erlier-repairs",
            "the policy has no attribute \"erlier-repairs\"",
            "write \"earlier-repairs\", or leave it out",
        ],
        [
            "attributes.found-at",
            "attribute \"found-at\" takes an RFC 3339 instant such as \"2024-05-01T08:30:00+08:00\", not \"2024-05-01\"",
            "give an RFC 3339 instant such as \"2024-05-01T08:30:00+08:00\"",
        ],
        [
            "attributes.has-proof",
            "attribute \"has-proof\" takes true or false, not \"yes\"",
            "give true or false",
        ],
        [
            "attributes.part-kind",
            "attribute \"part-kind\" does not take \"electric\"",
            "give one of electronic, light-source",
        ],
        ["attributes.remark", "attribute \"remark\" takes a text, not a list", "give a text"],
    ];
    assert_eq!(told, expected.map(|row| row.map(str::to_owned)));
}

#[test]
fn values_of_another_type_are_refused() {
    use ValueType::*;
    let refused = [
        (Text, json!(3)),
        (Integer, json!("3")),
        (Integer, json!(3.5)),
        (Integer, json!(9_223_372_036_854_775_808_u64)),
        (Boolean, json!(1)),
        (Date, json!("2024-02-30")),
        (Date, json!("2024-05-01T10:00:00Z")),
        (Date, json!("0000-01-01")),
        (Date, json!("20240501")),
        (Instant, json!("2024-05-01T10:00:00")),
        (Instant, json!(1_714_550_000)),
        (Decimal, json!(true)),
        (Decimal, json!("")),
        (Decimal, json!("1.")),
        (Decimal, json!(".5")),
        (Decimal, json!("+1")),
        (Decimal, json!("--1")),
        (Decimal, json!("1,5")),
        (Decimal, json!("1e3")),
        (Decimal, json!("１")),
        (Decimal, json!("1234567890123456789")),
        (Decimal, json!("0.0000000000000000001")),
        (Decimal, json!(1e300)),
        (Decimal, json!(0.123_456_789_012_345_68)),
    ];
    for (value_type, json) in refused {
        assert_eq!(one(value_type, json.clone()), None, "{value_type:?} {json}");
    }
}

#[test]
fn decimals_are_exact() {
    let cases = [
        (json!("12.50"), 1250, 2),
        (json!("-0.05"), -5, 2),
        (json!("0"), 0, 0),
        (json!("000123"), 123, 0),
        (json!("123456789012345678"), 123_456_789_012_345_678, 0),
        (json!("0.000000000000000001"), 1, 18),
        (json!(12), 12, 0),
        (json!(-3), -3, 0),
        (json!(12.5), 125, 1),
        (json!(0.1), 1, 1),
        (json!(100_000.0), 100_000, 0),
    ];
    for (json, digits, scale) in cases {
        assert_eq!(one(ValueType::Decimal, json.clone()), decimal(digits, scale), "{json}");
    }
}

#[test]
fn a_body_full_of_made_up_names_costs_little_and_is_told_in_full() {
    let given: Map<String, Json> = (0..20_000).map(|i| (format!("part-kint-{i}"), json!(1))).collect();
    let problems = typed_attributes(&declared(), &given).unwrap_err();
    assert_eq!(problems.len(), 20_000);
    let suggested =
        |problem: &&FactProblem| matches!(problem, FactProblem::Unknown { suggestion: Some(_), .. });
    assert!(problems.iter().filter(suggested).count() <= MOST_SUGGESTIONS);
    let long = "é".repeat(100_000);
    let problems = typed_attributes(&declared(), &map(json!({ long: 1, "part-kind": "é".repeat(100_000) })))
        .unwrap_err();
    assert!(problems.iter().all(|problem| problem.to_string().len() < 300));
}

#[test]
fn settings_take_their_default_or_are_missing() {
    let setting = |name: &str, value_type, default| SettingDeclaration {
        name: name.to_owned(),
        value_type,
        label: Text::default(),
        help: None,
        default,
        choices: Vec::new(),
        rules: Vec::new(),
    };
    let declared = [
        setting("months", ValueType::Integer, Some(Value::Integer(24))),
        setting("hotline", ValueType::Text, None),
        setting("share", ValueType::Decimal, decimal(5, 1)),
    ];
    let facts =
        typed_settings(&declared, &map(json!({"hotline": "400", "months": null, "share": "0.7"}))).unwrap();
    let values: Vec<Json> = facts.iter().map(|fact| plain(&fact.value)).collect();
    assert_eq!(values, [json!(24), json!("400"), json!("0.7")]);

    let problems = typed_settings(&declared, &map(json!({"month": 12}))).unwrap_err();
    assert_eq!(
        problems,
        [
            FactProblem::Missing { kind: FactKind::Setting, name: "hotline".into() },
            FactProblem::Unknown {
                kind: FactKind::Setting,
                name: "month".into(),
                suggestion: Some("months".into())
            },
        ]
    );
    assert_eq!(problems[0].field(), "settings.hotline");
}

#[test]
fn requirements_are_unmet_when_they_hold_and_nothing_is_given() {
    let condition = |attribute: &str, equals| Condition { attribute: attribute.to_owned(), equals };
    let requires =
        |name: &str, required| AttributeDeclaration { required, ..attribute(name, ValueType::Text) };
    let manifest = Manifest {
        name: "lighting".into(),
        version: "1.0.0".into(),
        title: Text::default(),
        rules: Vec::new(),
        attributes: vec![
            requires("always", Requirement::Always),
            requires("never", Requirement::Optional),
            requires(
                "sometimes",
                Requirement::When(vec![
                    condition("ratio", decimal(125, 1).unwrap()),
                    condition("has-proof", Value::Boolean(true)),
                ]),
            ),
        ],
        settings: Vec::new(),
        roles: Vec::new(),
    };
    let fact = |name: &str, value| Attribute { name: name.to_owned(), value };
    let unmet = |facts: &[Attribute]| -> Vec<&str> {
        unmet_requirements(&manifest, facts).iter().map(|declared| declared.name.as_str()).collect()
    };
    let (ratio, proof) = (fact("ratio", decimal(1250, 2).unwrap()), fact("has-proof", Value::Boolean(true)));
    let sometimes = fact("sometimes", Value::Text(String::new()));
    assert_eq!(unmet(&[]), ["always"]);
    assert_eq!(unmet(std::slice::from_ref(&ratio)), ["always"]);
    assert_eq!(unmet(&[ratio.clone(), fact("has-proof", Value::Boolean(false))]), ["always"]);
    assert_eq!(unmet(&[ratio.clone(), proof.clone()]), ["always", "sometimes"]);
    assert_eq!(unmet(&[fact("always", Value::Integer(1)), ratio, proof, sometimes]), Vec::<&str>::new());
}

proptest! {
    #[test]
    fn plain_is_the_inverse_of_typing(
        text in ".*", number: i64, digits in -999_999_999_999_999_999..=999_999_999_999_999_999_i64, scale in 0..=18_u8,
        yes: bool, year in 1..=9999_i16, month in 1..=12_i8, day in 1..=28_i8, at in -62_135_596_800..253_402_207_200_i64,
    ) {
        let values = [
            (ValueType::Text, Value::Text(text)),
            (ValueType::Integer, Value::Integer(number)),
            (ValueType::Decimal, Value::Decimal(Decimal { digits, scale })),
            (ValueType::Boolean, Value::Boolean(yes)),
            (ValueType::Date, Value::Date(Date::new(year, month, day).unwrap())),
            (ValueType::Instant, Value::Instant(Timestamp::from_second(at).unwrap())),
        ];
        for (value_type, value) in values {
            prop_assert_eq!(one(value_type, plain(&value)), Some(value));
        }
    }
}
