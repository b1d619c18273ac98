//! ciiflow reads a vendor register, builds the graph of who supplies whom, walks the obligations of a policy pack along
//! it, and says which partners carry which obligations, by which chain, and how sure that is.
//!
//! A register is [read](read::read) under a [policy](policy::Policy), [walked](flow::Flow) on a day, held against its
//! evidence in an [assessment](assess::Assessment), and shown through a [view](view::View) that every report is written
//! from:
//!
//! ```
//! use ciiflow::{assess::Assessment, flow::Flow, policy::{Policy, packs}, read, view::View};
//!
//! let register = tempfile::tempdir()?;
//! std::fs::write(
//!     register.path().join("parties.csv"),
//!     "id,name,cii_status\nbank,Harbour Bank,designated\nhost,Cloud Host,\n",
//! )?;
//! std::fs::write(
//!     register.path().join("relationships.csv"),
//!     "id,customer,supplier,kind,serves_cii,access\nR1,bank,host,cloud-hosting,yes,remote\n",
//! )?;
//!
//! let (id, source) = packs::embedded()[0];
//! let policy = Policy::parse(source, id)?;
//! let reading = read::read(register.path(), &policy, &[])?;
//! let flow = Flow::new(&reading.register, &policy, jiff::civil::date(2026, 11, 1));
//! let assessment = Assessment::new(&flow);
//! let view = View::new(&assessment, &reading, &reading.diagnostics, "demo".into(), Default::default());
//!
//! let row = (0..assessment.findings.len())
//!     .map(|position| view.finding(position))
//!     .find(|row| row.party == "host" && row.obligation == "background-check");
//! let row = row.expect("people with access are checked");
//! assert_eq!((row.status, row.tier, row.via.as_deref()), ("applies", 1, Some("R1")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod assess;
pub mod chart;
pub mod country;
pub mod diagnostic;
mod digest;
pub mod flow;
pub mod lang;
pub mod policy;
pub mod read;
pub mod redact;
pub mod register;
pub mod report;
pub mod view;
