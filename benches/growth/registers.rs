//! Registers to measure with, in canonical CSV: the same bytes for the same arguments, on any machine.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A register to write.
pub(crate) struct Register {
    /// How many parties it has.
    pub(crate) parties: u32,
    /// How many of them are operators.
    pub(crate) operators: Operators,
    /// Who supplies whom.
    pub(crate) pairs: Pairs,
    /// What its cells say.
    pub(crate) cells: Cells,
    /// The share of rows whose `supports` names ids.
    pub(crate) named: f64,
    /// Where the random numbers start.
    pub(crate) seed: u64,
}

/// Who is an operator.
pub(crate) enum Operators {
    /// One party in a thousand is, and three more may become one.
    Some,
    /// So many are, and nobody else.
    First(u32),
}

/// The relationships, by their two ends.
pub(crate) enum Pairs {
    /// So many, of parties with few and parties with very many; some repeat the pair before, some turn it round.
    Uneven(u32),
    /// Each party is supplied by the next.
    Chain,
    /// All other parties supply the first.
    Star,
    /// Each party is supplied by each other.
    Complete,
}

/// What the cells say.
pub(crate) enum Cells {
    /// All kinds of things, and nothing at all in many.
    Mixed,
    /// What lets every obligation pass.
    Passing,
}

type Words = [(&'static str, u32)];

/// Words for cells, each with its weight.
const SECTORS: &Words = &[
    ("banking", 1),
    ("power", 1),
    ("rail", 1),
    ("water", 1),
    ("health", 1),
    ("ports", 1),
    ("satellites", 1),
    ("post", 1),
    ("retail", 2),
    ("farming", 1),
    ("", 1),
];
const STANDINGS: &Words = &[
    ("essential", 1),
    ("proposed", 3),
    ("ordinary", 600),
    ("", 396),
];
const COUNTRIES: &Words = &[
    ("CN", 60),
    ("US", 10),
    ("DE", 6),
    ("SG", 5),
    ("JP", 5),
    ("BR", 4),
    ("", 10),
];
const KINDS: &Words = &[
    ("goods", 25),
    ("network", 18),
    ("hosting", 12),
    ("software", 10),
    ("processing", 8),
    ("operation", 8),
    ("staffing", 6),
    ("hosting;network", 5),
    ("operation;processing", 4),
    ("", 4),
];
const ACCESS: &Words = &[
    ("none", 50),
    ("remote", 9),
    ("remote;administrator", 8),
    ("on-site", 5),
    ("", 28),
];
const DATA: &Words = &[
    ("none", 42),
    ("customer", 18),
    ("staff", 5),
    ("customer;staff", 5),
    ("customer;staff;secret", 1),
    ("", 29),
];
const LOCATIONS: &Words = &[
    ("CN", 60),
    ("US", 6),
    ("DE", 4),
    ("SG", 3),
    ("JP", 2),
    ("", 25),
];
const ANSWERS: &Words = &[("yes", 60), ("no", 10), ("", 30)];
const CRITICALITIES: &Words = &[
    ("low", 30),
    ("medium", 35),
    ("high", 17),
    ("critical", 8),
    ("", 10),
];
const SUPPORTS: &Words = &[("all", 30), ("none", 20), ("", 50)];

impl Register {
    /// A register of so many relationships with the usual mixture of everything.
    pub(crate) fn usual(parties: u32, relationships: u32) -> Register {
        Register {
            parties,
            operators: Operators::Some,
            pairs: Pairs::Uneven(relationships),
            cells: Cells::Mixed,
            named: 0.0,
            seed: 1,
        }
    }

    /// How many relationships it has.
    pub(crate) fn relationships(&self) -> u64 {
        let parties = u64::from(self.parties);
        match self.pairs {
            Pairs::Uneven(count) => u64::from(count),
            Pairs::Chain | Pairs::Star => parties - 1,
            Pairs::Complete => parties * (parties - 1),
        }
    }

    /// Writes `parties.csv` and `relationships.csv` into a folder, which is made.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut random = Random(self.seed);
        self.write_parties(folder, &mut random)?;
        let mut rows = Rows::new(self, folder)?;
        let last = self.parties - 1;
        match self.pairs {
            Pairs::Uneven(count) => {
                let mut uneven = Uneven::new(self.parties);
                for _ in 0..count {
                    let (customer, supplier) = uneven.next(&mut random);
                    rows.write(customer, supplier, &mut random)?;
                }
            }
            Pairs::Chain => {
                for customer in 0..last {
                    rows.write(customer, customer + 1, &mut random)?;
                }
            }
            Pairs::Star => {
                for supplier in 1..=last {
                    rows.write(0, supplier, &mut random)?;
                }
            }
            Pairs::Complete => {
                for customer in 0..=last {
                    for supplier in (0..=last).filter(|&supplier| supplier != customer) {
                        rows.write(customer, supplier, &mut random)?;
                    }
                }
            }
        }
        rows.out.flush()
    }

    fn write_parties(&self, folder: &Path, random: &mut Random) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(folder.join("parties.csv"))?);
        writeln!(out, "id,name,country,sector,standing")?;
        for party in 0..self.parties {
            let country = random.word(COUNTRIES);
            let sector = random.word(SECTORS);
            let standing = match self.operators {
                Operators::Some => random.word(STANDINGS),
                Operators::First(count) if party < count => "essential",
                Operators::First(_) => "ordinary",
            };
            writeln!(
                out,
                "P{party:07},\"Party {party} Co., Ltd\",{country},{sector},{standing}"
            )?;
        }
        out.flush()
    }
}

/// Writes relationships, row after row.
struct Rows<'r> {
    register: &'r Register,
    out: BufWriter<File>,
    written: u32,
    /// For each party the last row that delivers to it so far, and whom that row's supplier serves: (row, customer).
    last_into: Vec<Option<(u32, u32)>>,
}

impl<'r> Rows<'r> {
    fn new(register: &'r Register, folder: &Path) -> io::Result<Rows<'r>> {
        let file = File::create(folder.join("relationships.csv"))?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        writeln!(
            out,
            "id,customer,supplier,kind,supports,access,data,location,interrupts,criticality"
        )?;
        let known = match register.named > 0.0 {
            true => register.parties as usize,
            false => 0,
        };
        Ok(Rows {
            register,
            out,
            written: 0,
            last_into: vec![None; known],
        })
    }

    fn write(&mut self, customer: u32, supplier: u32, random: &mut Random) -> io::Result<()> {
        let row = self.written;
        self.written += 1;
        let out = &mut self.out;
        write!(out, "R{row:08},P{customer:07},P{supplier:07},")?;
        if let Cells::Passing = self.register.cells {
            return writeln!(out, "hosting,all,remote,customer,US,yes,high");
        }
        write!(out, "{},", random.word(KINDS))?;
        let named = self.register.named;
        let before = match named > 0.0 {
            true => self.last_into[customer as usize],
            false => None,
        };
        match before {
            // Most name a relationship, some a party and so every delivery to it, some both.
            Some((delivery, served)) if random.share() < named => match random.below(8) {
                0 => write!(out, "P{served:07}")?,
                1 => write!(out, "R{delivery:08};P{served:07}")?,
                _ => write!(out, "R{delivery:08}")?,
            },
            _ => write!(out, "{}", random.word(SUPPORTS))?,
        }
        let access = random.word(ACCESS);
        let data = random.word(DATA);
        let location = random.word(LOCATIONS);
        let interrupts = random.word(ANSWERS);
        let criticality = random.word(CRITICALITIES);
        writeln!(
            out,
            ",{access},{data},{location},{interrupts},{criticality}"
        )?;
        if named > 0.0 {
            self.last_into[supplier as usize] = Some((row, customer));
        }
        Ok(())
    }
}

/// Pairs of parties of which few have very many relationships.
struct Uneven {
    parties: u32,
    before: (u32, u32),
}

impl Uneven {
    fn new(parties: u32) -> Uneven {
        Uneven {
            parties,
            before: (0, parties - 1),
        }
    }

    fn next(&mut self, random: &mut Random) -> (u32, u32) {
        let (customer, supplier) = self.before;
        let pair = match random.below(100) {
            0 | 1 => (customer, supplier),
            2 => (supplier, customer),
            _ => {
                let customer = self.spread(random.share().powf(2.2), 2_654_435_761);
                let supplier = self.spread(random.share().powi(2), 3_266_489_917);
                match customer == supplier {
                    true => (customer, (supplier + 1) % self.parties),
                    false => (customer, supplier),
                }
            }
        };
        self.before = pair;
        pair
    }

    /// The party of a rank. Ranks are scattered over the ids, and by a prime, so that no two share a party.
    fn spread(&self, rank: f64, prime: u64) -> u32 {
        let parties = u64::from(self.parties);
        let rank = ((rank * parties as f64) as u64).min(parties - 1);
        (rank * prime % parties) as u32
    }
}

/// Random numbers by SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// A number from 0 to less than 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A word by weight.
    fn word(&mut self, words: &Words) -> &'static str {
        let total = words.iter().map(|(_, weight)| weight).sum();
        let mut place = self.below(total);
        for &(word, weight) in words {
            match place.checked_sub(weight) {
                Some(rest) => place = rest,
                None => return word,
            }
        }
        unreachable!("a place is less than the sum of the weights")
    }
}
