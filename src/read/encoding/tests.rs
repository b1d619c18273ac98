use super::*;

#[test]
fn encodings_are_detected() {
    let text = "客户,供应商\n银行,云主机公司\n";
    let (gb, _, _) = GB18030.encode(text);
    let utf16 = |order: fn(u16) -> [u8; 2]| {
        "id,name\nR1,Bank\n"
            .encode_utf16()
            .flat_map(order)
            .collect::<Vec<u8>>()
    };
    let latin = WINDOWS_1252
        .encode("id,name\n1,Société Générale\n2,Müller\n")
        .0
        .into_owned();
    let mut broken = text.repeat(4).into_bytes();
    broken.push(0xFF);
    let cases: Vec<(Vec<u8>, &Encoding, bool)> = vec![
        (text.into(), UTF_8, false),
        (format!("\u{FEFF}{text}").into(), UTF_8, false),
        (gb.into_owned(), GB18030, false),
        (utf16(u16::to_le_bytes), UTF_16LE, false),
        (utf16(u16::to_be_bytes), UTF_16BE, false),
        (latin, WINDOWS_1252, false),
        (broken, UTF_8, true),
        (vec![], UTF_8, false),
    ];
    for (bytes, encoding, undecodable) in cases {
        let decoded = decode(bytes, None);
        assert_eq!(
            (decoded.encoding, decoded.undecodable),
            (encoding, undecodable)
        );
        assert!(!decoded.text.starts_with('\u{FEFF}'));
        assert_eq!(decoded.odd_lines, []);
    }
}

fn gb(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn latin(text: &str) -> Vec<u8> {
    WINDOWS_1252.encode(text).0.into_owned()
}

/// File, line, what is made of the line, and as what it is told.
type Pasted = (Vec<u8>, Vec<u8>, &'static str, Option<&'static Encoding>);

#[test]
fn pasted_lines_are_read_in_the_encoding_that_they_are_certainly_in() {
    let rows = "编号,名称\n甲,江岸银行\n乙,云河数据有限公司\n丙,守夜人\n";
    let western = "id,name\n1,Société Générale\n2,Müller\n3,Bürger\n4,Zürich\n";
    let cases: Vec<Pasted> = vec![
        (rows.into(), gb("丁,供应商\n"), "丁,供应商", Some(GB18030)),
        (rows.into(), gb("R1,是\n"), "R1,是", Some(GB18030)),
        (
            rows.into(),
            latin("R1,Télécom\n"),
            "R1,Télécom",
            Some(WINDOWS_1252),
        ),
        (rows.into(), latin("R1,café\n"), "R1,caf\u{FFFD}", None),
        (
            rows.into(),
            ["丁,公".as_bytes(), b"\xE4\n"].concat(),
            "丁,公\u{FFFD}",
            None,
        ),
        (rows.into(), b"R1,\xE6\xB2\n".into(), "R1,\u{FFFD}", None),
        (
            rows.into(),
            b"R1,\xE6\xB2\xB3\xE6\n".into(),
            "R1,河\u{FFFD}",
            None,
        ),
        (
            rows.into(),
            b"R1,\xE6\xB2,\xE6\xB2\n".into(),
            "R1,\u{FFFD},\u{FFFD}",
            None,
        ),
        (gb(rows), "丁,云河\n".into(), "丁,云河", Some(UTF_8)),
        (gb(rows), "R1,海河\n".into(), "R1,海河", Some(UTF_8)),
        (
            gb(rows),
            "R1,Société Générale\n".into(),
            "R1,Société Générale",
            Some(UTF_8),
        ),
        (
            gb(rows),
            latin("R1,Société Générale\n"),
            "R1,Société Générale",
            Some(WINDOWS_1252),
        ),
        (
            gb(rows),
            gb("R1,i茅台,IT閘門,镕,系统\n"),
            "R1,i茅台,IT閘門,镕,系统",
            None,
        ),
        (gb(rows), gb("R1,系统\n"), "R1,系统", None),
        (
            gb(rows),
            b"R1,\xB9\xAB\xCB,x\n".into(),
            "R1,公\u{FFFD},x",
            None,
        ),
        (
            latin(western),
            "R1,Société\n".into(),
            "R1,Société",
            Some(UTF_8),
        ),
        (latin(western), "R1,云\n".into(), "R1,云", Some(UTF_8)),
        (
            latin(western),
            gb("R1,供应商\n"),
            "R1,供应商",
            Some(GB18030),
        ),
        (latin(western), latin("R1,créée,Ä\n"), "R1,créée,Ä", None),
    ];
    for (file, line, expected, odd) in cases {
        let number = lines(&file).count();
        let decoded = decode([file.clone(), line, file.clone()].concat(), None);
        let found: Vec<_> = decoded.odd_lines.iter().collect();
        let odd = odd.map(|encoding| OddLine {
            line: number,
            encoding,
            is_certain: true,
        });
        assert_eq!(decoded.text.lines().nth(number), Some(expected));
        assert_eq!(found, odd.iter().collect::<Vec<_>>(), "{expected}");
        // What stands around is the same with it and without.
        let alone = decode(file, None);
        assert!(
            decoded.text.starts_with(&alone.text) && decoded.text.ends_with(&alone.text),
            "{expected}"
        );
        assert_eq!(decoded.encoding, alone.encoding, "{expected}");
    }
}

#[test]
fn lines_of_two_encodings_are_told_where_both_are_met() {
    let rows = "编号,名称\n甲,江岸银行\n乙,云河数据有限公司\n";
    // In UTF-8 these bytes are `ϵͳ`.
    let system = gb("R1,系统\n");
    let café = "R1,café\n".as_bytes().to_vec();
    for (file, other, line, encoding, expected) in [
        (
            rows.as_bytes().to_vec(),
            gb("丁,供应商\n"),
            system,
            GB18030,
            "R1,ϵͳ",
        ),
        (gb(rows), "丁,云河\n".into(), café, UTF_8, "R1,caf茅"),
    ] {
        let alone = decode([file.clone(), line.clone(), file.clone()].concat(), None);
        assert_eq!(alone.odd_lines, []);
        let decoded = decode([file.clone(), line, other, file].concat(), None);
        let odd = [(3, false), (4, true)].map(|(line, is_certain)| OddLine {
            line,
            encoding,
            is_certain,
        });
        assert_eq!(decoded.odd_lines, odd);
        assert_eq!(decoded.text.lines().nth(3), Some(expected));
    }
}

/// In GB 18030 `|` and letters can be the second byte of a character, but no other delimiter, quote or line end can.
#[test]
fn a_character_that_was_cut_off_swallows_no_delimiter() {
    let rows = |delimiter: &str| gb(&"编号,名称,国家\n甲,江岸银行,中国\n".replace(',', delimiter));
    let cases = [
        (",", &b"R1,\xB9\xAB\xCB,x\n"[..], "R1,公\u{FFFD},x"),
        (",", b"R1,\"\xB9\xAB\xCB\",x\n", "R1,\"公\u{FFFD}\",x"),
        (";", b"R1;\xB9\xAB\xCB;x\r\n", "R1;公\u{FFFD};x"),
        ("\t", b"R1\t\xB9\xAB\xCB\tx\r", "R1\t公\u{FFFD}\tx"),
        (",", b"R1,x,\xB9\xAB\xCB\n", "R1,x,公\u{FFFD}"),
        (",", b"R1,\xB9\xAB\x81\x30,x\n", "R1,公\u{FFFD}0,x"),
        (
            ",",
            b"R1,\xB9\xAB\x81\x30\x81,x\n",
            "R1,公\u{FFFD}0\u{FFFD},x",
        ),
        ("|", b"R1|\xB9\xAB\xCB|x\n", "R1|公\u{FFFD}|x"),
        // It has as many cells as the others: the byte is part of a character.
        ("|", b"R1|\xB9\xAB\x96|x|CN\n", "R1|公東x|CN"),
    ];
    for (delimiter, line, expected) in cases {
        let file = rows(delimiter);
        let decoded = decode([&file, line, &file].concat(), None);
        let line = decoded
            .text
            .split(['\r', '\n'])
            .filter(|line| !line.is_empty())
            .nth(2);
        assert_eq!((line, decoded.encoding), (Some(expected), GB18030));
        assert!(decoded.text.ends_with(&decode(file, None).text));
        assert_eq!(decoded.odd_lines, []);
    }
    let at_the_end = decode([&rows(",")[..], b"R1,x,\xB9\xAB\xCB"].concat(), None);
    assert!(at_the_end.text.ends_with("\nR1,x,公\u{FFFD}"));
}
