//! Cells of every kind, understood and not.

use super::*;

#[track_caller]
fn check(reads: &Reads, cell: &str, value: Value, codes: &[Code]) {
    let mut faults = Vec::new();
    assert_eq!(reads.read(cell, &mut faults), value, "{cell}");
    assert_eq!(
        faults.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        codes,
        "{cell}"
    );
}

#[test]
fn sets_and_choices() {
    let choice = Reads::one_of(&["low", "high"]);
    let Reads::Words { words, valid, .. } = Reads::one_of(&["low", "high"]) else {
        unreachable!()
    };
    let set = Reads::Words {
        words,
        valid,
        single: false,
    };
    let items = |known: &[u16], complete| Value::Items {
        known: known.into(),
        complete,
    };
    type Told = &'static [Code];
    let table: [(&str, Value, Told, Value, Told); 10] = [
        ("", Value::Blank, &[], Value::Blank, &[]),
        (" Unknown ", Value::Blank, &[], Value::Blank, &[]),
        (";|", Value::Blank, &[], Value::Blank, &[]),
        ("LOW", items(&[0], true), &[], items(&[0], true), &[]),
        (
            "high; low|low;",
            items(&[0, 1], true),
            &[],
            Value::Unreadable,
            &[Code::SeveralValues],
        ),
        (
            "none",
            items(&[], true),
            &[],
            Value::Unreadable,
            &[Code::UnknownValue],
        ),
        (
            "none;",
            items(&[], true),
            &[],
            Value::Unreadable,
            &[Code::UnknownValue],
        ),
        ("unknown;unknown", Value::Blank, &[], Value::Blank, &[]),
        (
            "low;Foo",
            items(&[0], false),
            &[Code::UnknownValue],
            Value::Unreadable,
            &[Code::UnknownValue],
        ),
        (
            "low;none",
            items(&[0], false),
            &[Code::WordInList],
            Value::Unreadable,
            &[Code::WordInList],
        ),
    ];
    for (cell, in_set, set_codes, in_choice, choice_codes) in table {
        check(&set, cell, in_set, set_codes);
        check(&choice, cell, in_choice, choice_codes);
    }
}

#[test]
fn countries_flags_numbers_and_dates() {
    let cn = Country::from_code("CN").unwrap();
    let countries = Reads::Countries([("mainland".to_owned(), cn)].into());
    check(
        &countries,
        "cn; Mainland",
        Value::Countries {
            known: [cn].into(),
            complete: true,
        },
        &[],
    );
    check(
        &countries,
        "CN;Atlantis",
        Value::Countries {
            known: [cn].into(),
            complete: false,
        },
        &[Code::BadCountry],
    );
    check(
        &countries,
        "none",
        Value::Countries {
            known: [].into(),
            complete: true,
        },
        &[],
    );
    for (cell, flag) in [("YES", true), ("是", true), ("0", false), ("N", false)] {
        check(&Reads::YesNo, cell, Value::Flag(flag), &[]);
    }
    check(&Reads::YesNo, "maybe", Value::Unreadable, &[Code::BadYesNo]);
    let plain = Reads::Number {
        decimal_comma: false,
    };
    check(&plain, "-12.5", Value::Number(-12.5), &[]);
    check(
        &Reads::Number {
            decimal_comma: true,
        },
        "7.160,69",
        Value::Number(7160.69),
        &[],
    );
    for bad in ["1e5", "inf", "1,000", ".", "", "--1"]
        .into_iter()
        .filter(|bad| !bad.is_empty())
    {
        check(&plain, bad, Value::Unreadable, &[Code::BadNumber]);
    }
    let iso = Reads::Date { format: None };
    check(
        &iso,
        "2026-06-30",
        Value::Date(Date::constant(2026, 6, 30)),
        &[],
    );
    for bad in [
        "2026-6-30",
        "2026-02-30",
        "soon",
        "2026-06-30T00:00:00Z",
        "+026-06-30",
        "２０２６",
    ] {
        check(&iso, bad, Value::Unreadable, &[Code::BadDate]);
    }
    let stamped = Reads::Date {
        format: Some("%Y-%m-%dT%H:%M:%SZ".into()),
    };
    check(
        &stamped,
        "2020-01-30T00:00:00Z",
        Value::Date(Date::constant(2020, 1, 30)),
        &[],
    );
}
