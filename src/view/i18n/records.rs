//! What is said about the list of recordings.

/// What is said about the list of recordings.
pub trait Records: Sync {
    #[cfg(test)]
    fn all(&self) -> Vec<(&'static str, &'static str)>;

    /// How a row is taken out by keyboard, for those who hear the list.
    fn remove_key(&self) -> &'static str;

    /// The button that takes a recording out of the list.
    fn remove(&self, name: &str) -> String;

    /// Of several recordings of one name: which of them it is.
    fn of_that_name(&self, number: usize) -> String;
}
