use super::*;

#[track_caller]
fn check(text: &str, expected: &[(u32, bool, &[&str])]) {
    let mut records = Records::new(text, b',');
    let mut found = Vec::new();
    while let Some(record) = records.next() {
        let cells = record.iter().map(ToOwned::to_owned);
        found.push((record.row, record.unclosed, cells.collect::<Vec<_>>()));
    }
    let expected: Vec<_> = expected
        .iter()
        .map(|(row, unclosed, cells)| {
            (
                *row,
                *unclosed,
                cells.iter().map(ToString::to_string).collect(),
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does() {
    check(
        "a,b\n1,2\n",
        &[(1, false, &["a", "b"]), (2, false, &["1", "2"])],
    );
    check("a\r\n\r\nb\r\n", &[(1, false, &["a"]), (3, false, &["b"])]);
    check("\n\na\r\rb", &[(3, false, &["a"]), (5, false, &["b"])]);
    check(
        "a,\"x\ny\"\nb,2",
        &[(1, false, &["a", "x\ny"]), (2, false, &["b", "2"])],
    );
    check("a,\"x\"\"y\"\n", &[(1, false, &["a", "x\"y"])]);
    check("", &[]);
    check(",,\n", &[(1, false, &["", "", ""])]);
}

#[test]
fn an_unclosed_quote_costs_no_other_row() {
    check(
        "a,\"x\nb,2\nc,3",
        &[
            (1, true, &["a", "\"x"]),
            (2, false, &["b", "2"]),
            (3, false, &["c", "3"]),
        ],
    );
    check(
        "a,\"x\nb,\"y\nc,3",
        &[
            (1, true, &["a", "\"x"]),
            (2, true, &["b", "\"y"]),
            (3, false, &["c", "3"]),
        ],
    );
    for end in ["\n", "\r", "\r\n"] {
        let text = format!("a,\"x{end}b,\"y z\"{end}c,3{end}");
        check(
            &text,
            &[
                (1, true, &["a", "\"x"]),
                (2, false, &["b", "y z"]),
                (3, false, &["c", "3"]),
            ],
        );
    }
    check("\"", &[(1, true, &["\""])]);
    check(
        "a,\"x\"y\nb",
        &[(1, false, &["a", "xy"]), (2, false, &["b"])],
    );
}

#[test]
fn quotes_without_end_take_no_time_without_end() {
    // Inside a quote as well as outside of one, each line leaves a quote open.
    let text = "\",x\"y,\"\n".repeat(30_000);
    let mut records = Records::new(&text, b',');
    let mut rows = 0;
    while let Some(record) = records.next() {
        rows += 1;
        assert_eq!((record.row, record.unclosed), (rows, true));
    }
    assert_eq!(rows, 30_000);
}

#[test]
fn long_cells_and_many_columns_grow_the_buffers() {
    let text = format!("{},{}\n", "x".repeat(100_000), "y,".repeat(500));
    let mut records = Records::new(&text, b',');
    let record = records.next().unwrap();
    assert_eq!(
        (record.len(), record.get(0).len(), record.get(501)),
        (502, 100_000, "")
    );
}
