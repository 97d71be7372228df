//! What to know of how a recording was read, as the remarks themselves say it.

use super::English;
use crate::record::Remark;
use crate::view::i18n::Remarks;

impl Remarks for English {
    fn remark(&self, remark: &Remark) -> String {
        remark.to_string()
    }
}
