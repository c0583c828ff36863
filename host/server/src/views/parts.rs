//! Parts, stock, requisitions and disposals as the API shows them.

mod disposal;
mod requisition;
mod stock;

pub use disposal::{DisposalView, DisposedView, OldPartsView, RequiredView, ShortfallView};
pub use requisition::RequisitionView;
pub use stock::{BalanceView, CountedView, HeldView, PartView, PostingView, ReceivedView};
