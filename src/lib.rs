//! ciiflow reads a vendor register, builds the graph of who supplies whom, walks the obligations of a policy pack along
//! it, and says which partners carry which obligations, by which chain, and how sure that is.

pub mod assess;
pub mod chart;
pub mod country;
pub mod diagnostic;
mod digest;
pub mod flow;
pub mod lang;
pub mod policy;
pub mod read;
pub mod register;
pub mod report;
pub mod view;
