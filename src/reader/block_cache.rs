//! Pieces of files kept for a while.
//!
//! A browser hands out a piece of a file through another of its processes, at the price of a good part of a
//! millisecond however small the piece. Headers and small recordings are asked for thousands of times over, mostly
//! one after the other in one archive: so whole blocks are fetched, and the latest few are kept, of all files together.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use crate::record::file_set::source::ByteSource;

/// Bytes fetched at a time.
const BLOCK: u64 = 1 << 20;
/// Blocks kept.
const MOST: usize = 16;

/// The blocks fetched last, the latest at the end.
#[derive(Default)]
pub struct BlockCache {
    blocks: Vec<Block>,
    next_source: u32,
}

struct Block {
    source: u32,
    number: u64,
    bytes: Vec<u8>,
}

/// A source whose small pieces come out of the cache.
pub struct Cached<S> {
    source: S,
    id: u32,
    cache: Rc<RefCell<BlockCache>>,
}

impl<S: ByteSource> Cached<S> {
    pub fn new(source: S, cache: &Rc<RefCell<BlockCache>>) -> Self {
        let id = cache.borrow().next_source;
        cache.borrow_mut().next_source += 1;
        Self { source, id, cache: Rc::clone(cache) }
    }

    /// Appends the bytes from `from` up to `to` of a block, both counted from the block's beginning.
    fn append(&self, number: u64, from: usize, to: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        let mut cache = self.cache.borrow_mut();
        let known = cache.blocks.iter().position(|block| block.source == self.id && block.number == number);
        let block = match known {
            Some(place) => cache.blocks.remove(place),
            None => {
                let start = number * BLOCK;
                let length = (self.source.len().saturating_sub(start)).min(BLOCK) as usize;
                Block { source: self.id, number, bytes: self.source.read_at(start, length)? }
            }
        };
        if cache.blocks.len() >= MOST {
            cache.blocks.remove(0);
        }
        let piece = block.bytes.get(from..to).map(|piece| bytes.extend_from_slice(piece));
        cache.blocks.push(block);
        piece.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl<S: ByteSource> ByteSource for Cached<S> {
    fn len(&self) -> u64 {
        self.source.len()
    }

    fn read_at(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let end =
            offset.checked_add(len as u64).filter(|&end| end <= self.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        // A large piece gains nothing, and would push everything else out.
        if len as u64 >= BLOCK {
            return self.source.read_at(offset, len);
        }
        let mut bytes = Vec::with_capacity(len);
        let mut at = offset;
        while at < end {
            let (number, from) = (at / BLOCK, at % BLOCK);
            let to = (end - number * BLOCK).min(BLOCK);
            self.append(number, from as usize, to as usize, &mut bytes)?;
            at = number * BLOCK + to;
        }
        Ok(bytes)
    }

    fn in_memory(&self) -> Option<&[u8]> {
        self.source.in_memory()
    }
}

impl<S> Drop for Cached<S> {
    fn drop(&mut self) {
        self.cache.borrow_mut().blocks.retain(|block| block.source != self.id);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Counts how often it is asked.
    struct Counted(Vec<u8>, Rc<Cell<usize>>);

    impl ByteSource for Counted {
        fn len(&self) -> u64 {
            ByteSource::len(&self.0)
        }

        fn read_at(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
            self.1.set(self.1.get() + 1);
            self.0.read_at(offset, len)
        }
    }

    fn noise(length: usize) -> Vec<u8> {
        (0..length as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
    }

    #[test]
    fn pieces_are_what_the_source_holds_and_are_fetched_once() {
        let (bytes, asked) = (noise(3 * BLOCK as usize + 77), Rc::new(Cell::new(0)));
        let cached = Cached::new(Counted(bytes.clone(), Rc::clone(&asked)), &Rc::default());
        let block = BLOCK as usize;
        for (start, length) in
            [(0, 10), (block - 5, 10), (block, block - 1), (3 * block, 77), (3 * block + 70, 7), (9, 0)]
        {
            assert_eq!(cached.read_at(start as u64, length).unwrap(), bytes[start..start + length], "{start} {length}");
        }
        assert_eq!(asked.get(), 3);
        assert_eq!(cached.read_at(0, bytes.len()).unwrap(), bytes);
        assert_eq!(asked.get(), 4, "a large piece is read at once");
        assert!(cached.read_at(3 * BLOCK, 78).is_err() && cached.read_at(u64::MAX, 1).is_err());
    }

    #[test]
    fn no_more_than_so_much_is_kept_and_nothing_of_a_file_that_is_gone() {
        let cache = Rc::default();
        let sources: Vec<_> = (0..40).map(|_| Cached::new(noise(1000), &cache)).collect();
        for source in &sources {
            assert_eq!(source.read_at(990, 10).unwrap(), noise(1000)[990..]);
        }
        assert_eq!(cache.borrow().blocks.len(), MOST);
        drop(sources);
        assert!(cache.borrow().blocks.is_empty());
    }
}
