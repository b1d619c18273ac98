//! Stakes: what statutes set is said on operators' own findings, with their ranges, and nowhere else.

use std::path::Path;

use serde_json::Value;

use super::workbench::{Run, Workbench, program};

/// A command on the sample.
fn sample(arguments: &[&str]) -> Run {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut command = program(&samples);
    Run::of(command.args(arguments))
}

#[test]
fn stakes_stand_on_own_findings_alone() {
    let out = tempfile::tempdir().expect("a temporary directory can be made");
    let path = out.path().to_string_lossy();
    let command = "analyze cloud-partner --as-of 2026-11-01 --quiet --write json -o";
    let arguments: Vec<&str> = command.split(' ').chain([&*path]).collect();
    sample(&arguments).exit(0);
    let text = std::fs::read_to_string(out.path().join("assessment.json")).expect("it is written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let list = |name: &str| document[name].as_array().cloned().unwrap_or_default();
    let own: Vec<(Value, Value)> = list("findings")
        .into_iter()
        .filter(|finding| finding["tier"] == 0)
        .map(|finding| (finding["party"].clone(), finding["obligation"].clone()))
        .collect();
    let stakes = list("stakes");
    assert!(stakes.len() > 50, "{}", stakes.len());
    for stake in &stakes {
        let of = (stake["party"].clone(), stake["obligation"].clone());
        assert!(own.contains(&of), "{stake}");
        let basis = stake["basis"].as_array().expect("a basis");
        assert!(!basis.is_empty(), "{stake}");
        let is_measured = |purchase: &Value| {
            let [amount, from, to] =
                ["amount", "from", "to"].map(|key| purchase[key].as_f64().unwrap_or_default());
            amount > 0.0 && from == amount && to == 10.0 * amount
        };
        let purchases = stake["purchases"].as_array().expect("purchases");
        assert!(purchases.iter().all(is_measured), "{stake}");
    }
}

#[test]
fn ranges_are_told_one_by_one() {
    let day = ["--as-of", "2026-11-01"];
    let explain = |party: &str, obligation: &str, more: &[&str]| {
        let arguments = [&["explain", "cloud-partner", party, obligation], more].concat();
        let run = sample(&arguments);
        run.exit(0);
        run
    };
    explain("bank-luming", "procurement-review", &day)
        .prints("R01 CNY 4,800,000 to 48,000,000, R31 CNY 1,900,000 to 19,000,000")
        .prints("Liable: the operator and the persons responsible at it.")
        .prints("Cybersecurity Law art. 67, formerly 65 (secondary source)");
    explain(
        "rail-beiluo",
        "annual-assessment",
        &[&day[..], &["--lang", "zh"]].concat(),
    )
    .prints("若适用：处罚幅度：未每年进行检测评估的（第四十条），责令改正");
    let supplier = explain("yunzhouqiao", "procurement-review", &day);
    assert!(!supplier.out.contains("penalty"), "{}", supplier.out);
    // Before the day from which a range holds nothing is said of it.
    let earlier = explain("bank-luming", "training", &["--as-of", "2025-12-31"]);
    assert!(!earlier.out.contains("penalty"), "{}", earlier.out);
}

/// A range is measured by a price: nothing, a credit and a slip of three hundred digits are counted as no amount.
#[test]
fn what_is_no_price_measures_nothing() {
    let parties =
        "id,name,country,cii_status,sector\nbank,Bank,CN,designated,banking\nhost,Host,CN,,\n";
    let headings = "id,customer,supplier,amount,currency,kind,serves_cii,access,data,national_security,product_category\n";
    let amounts = ["100", "0", "-5", &"9".repeat(308), "many"];
    let rows = (1..).zip(amounts).map(|(row, amount)| {
        format!(
            "R{row},bank,host,{amount},CNY,cloud-hosting,yes,remote,personal,yes,cloud-service\n"
        )
    });
    let rows: String = rows.collect();
    let bench = Workbench::empty()
        .with("register/parties.csv", parties)
        .with("register/relationships.csv", format!("{headings}{rows}"));
    let analyze = "analyze register -o out --write json --policy cn-cii --as-of 2026-11-01";
    bench.run(analyze).exit(0);
    let text = bench.read("out/assessment.json");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let stakes = document["stakes"].as_array().expect("stakes").iter();
    let measured: Vec<&Value> = stakes
        .filter(|stake| stake["purchases_without_amount"] != 0)
        .collect();
    assert!(!measured.is_empty(), "{}", document["stakes"]);
    for stake in measured {
        let purchases = stake["purchases"].as_array().expect("purchases");
        let labels: Vec<&Value> = purchases.iter().map(|row| &row["relationship"]).collect();
        assert_eq!(labels, ["R1"], "{stake}");
        assert_eq!(purchases[0]["to"], 1000.0, "{stake}");
        assert_eq!(stake["purchases_without_amount"], 4, "{stake}");
    }
}

#[test]
fn a_penalty_for_several_breaches_is_told_once_for_each_operator() {
    for (lang, measure, breaches) in [
        (
            "en",
            "RMB 2 million to 10 million",
            [
                "lacking training (art. 36)",
                "missing the yearly test and assessment (art. 40)",
            ],
        ),
        (
            "zh",
            "处二百万元以上一千万元以下罚款",
            [
                "未进行教育培训和技能考核的（第三十六条）",
                "未每年进行检测评估的（第四十条）",
            ],
        ),
    ] {
        let out = tempfile::tempdir().expect("a temporary directory can be made");
        let path = out.path().to_string_lossy();
        let command = "analyze cloud-partner --as-of 2026-11-01 --quiet --write report --lang";
        let arguments: Vec<&str> = command.split(' ').chain([lang, "-o", &*path]).collect();
        sample(&arguments).exit(0);
        let report = out.path().join("report.md");
        let report = std::fs::read_to_string(report).expect("it is written");
        let dossiers: Vec<&str> = report.split("<a id=\"party-").skip(1).collect();
        let told = |text: &str| {
            let counts = dossiers.iter().map(|dossier| dossier.matches(text).count());
            counts.filter(|count| *count > 0).collect::<Vec<_>>()
        };
        // The sample has three operators.
        for text in [measure, breaches[0], breaches[1]] {
            assert_eq!(told(text), [1, 1, 1], "{text}");
        }
    }
}
