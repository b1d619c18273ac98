//! Cells of every kind, understood and not.

use jiff::civil::Date;

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
}

#[test]
fn yes_no_and_neither() {
    for cell in [
        "YES",
        "True",
        "y",
        "T",
        "1",
        "是",
        "有",
        "√",
        "✓",
        "✔\u{fe0f}",
        "Ｙ",
        "１",
        "ｙｅｓ",
    ] {
        check(&Reads::YesNo, cell, Value::Flag(true), &[]);
    }
    for cell in [
        "no", "FALSE", "N", "f", "0", "否", "无", "×", "✗", "Ｎ", "０",
    ] {
        check(&Reads::YesNo, cell, Value::Flag(false), &[]);
    }
    for cell in [
        "maybe", "x", "X", "none", "①", "对", "错", "yes; no", "2", "不", "没有", "n.a.", "否?",
    ] {
        check(&Reads::YesNo, cell, Value::Unreadable, &[Code::BadYesNo]);
    }
}

#[test]
fn what_stands_for_a_blank_cell() {
    let number = Reads::Number {
        decimal_comma: false,
    };
    let date = Reads::Date {
        format: None,
        is_end: true,
    };
    let set = Reads::one_of(&["low", "high"]);
    let countries = Reads::Countries(HashMap::new());
    for cell in [
        "",
        "Unknown",
        "ＵＮＫＮＯＷＮ",
        "未知",
        "N/A",
        "Ｎ／Ａ",
        "不适用",
        "-",
        "－",
        "—",
        "/",
    ] {
        for reads in [&Reads::YesNo, &number, &date, &set, &countries] {
            check(reads, cell, Value::Blank, &[]);
        }
    }
    // The vocabulary goes first, and text is never changed.
    let own = Reads::one_of(&["n/a", "无"]);
    let item = |position| Value::Items {
        known: [position].into(),
        complete: true,
    };
    check(&own, "N/A", item(0), &[]);
    check(&own, "无", item(1), &[]);
    check(&Reads::Text, "n/a", Value::Text("n/a".into()), &[]);
    check(&Reads::Text, "Ａ", Value::Text("Ａ".into()), &[]);
}

#[test]
fn words_in_full_width() {
    let set = Reads::Words {
        words: lexicon(
            [("tier（1）".to_owned(), 0), ("b".to_owned(), 1)]
                .iter()
                .map(|(word, at)| (word, *at)),
        ),
        valid: Vec::new(),
        single: false,
    };
    for cell in ["tier（1）；Ｂ", "TIER(1) ｜ b", "ｔｉｅｒ（１）;b"] {
        let both = Value::Items {
            known: [0, 1].into(),
            complete: true,
        };
        check(&set, cell, both, &[]);
    }
    let countries = Reads::Countries(HashMap::new());
    let cn = Country::from_code("CN").unwrap();
    check(
        &countries,
        "ＣＮ；中国（大陆）",
        Value::Countries {
            known: [cn].into(),
            complete: true,
        },
        &[],
    );
    let nowhere = Value::Countries {
        known: [].into(),
        complete: true,
    };
    check(&countries, "无", nowhere, &[]);
}

#[test]
fn numbers_and_dates() {
    let number = Reads::Number {
        decimal_comma: false,
    };
    check(&number, "120万", Value::Number(1_200_000.0), &[]);
    check(&number, "1,20", Value::Unreadable, &[Code::BadNumber]);
    let date = |format: Option<&str>, is_end| Reads::Date {
        format: format.map(str::to_owned),
        is_end,
    };
    let last = Value::Date(Date::constant(2025, 12, 31));
    check(&date(None, true), "31/12/2025", last.clone(), &[]);
    check(&date(Some("%d.%m.%Y"), false), "31.12.2025", last, &[]);
    check(
        &date(None, true),
        "1/2/2025",
        Value::Unreadable,
        &[Code::AmbiguousDate],
    );
    check(
        &date(None, true),
        "soon",
        Value::Unreadable,
        &[Code::BadDate],
    );
    // An end that is no end; a first day would be one that never comes.
    check(&date(None, true), "01/02/9999", Value::Blank, &[]);
    check(
        &date(None, false),
        "9999-12-31",
        Value::Date(Date::constant(9999, 12, 31)),
        &[],
    );
}
