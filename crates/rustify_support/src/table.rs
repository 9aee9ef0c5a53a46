//! A hash table in order of insertion, for dicts that translated code makes and keeps to itself.

use super::exc::{Exc, Res};
use super::value::Key;

/// So few entries are searched one by one.
const FEW: usize = 8;

/// The most entries.
const MOST: usize = 1 << 30;

/// Keys with their values.
#[derive(Clone, Debug)]
pub struct Table<K, V> {
    entries: Vec<Option<(u64, K, V)>>,
    /// One more than the place of an entry, or zero; empty as long as entries are few.
    index: Vec<u32>,
    live: usize,
    /// How often keys came or went.
    pub changes: u64,
}

impl<K: Key, V> Table<K, V> {
    /// The number of keys.
    #[inline]
    pub fn length(&self) -> usize {
        self.live
    }

    /// Spreads what keys answer over all bits.
    #[inline]
    fn hash(key: &K) -> u64 {
        let h = key.hash_here().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        h ^ (h >> 32)
    }

    #[inline]
    fn search(&self, hash: u64, key: &K) -> Option<usize> {
        let fits = |entry: &Option<(u64, K, V)>| {
            entry
                .as_ref()
                .is_some_and(|(h, k, _)| *h == hash && k.is_same(key))
        };
        if self.index.is_empty() {
            return self.entries.iter().position(fits);
        }
        let mask = self.index.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let place = self.index[at];
            if place == 0 {
                return None;
            }
            if fits(&self.entries[place as usize - 1]) {
                return Some(place as usize - 1);
            }
            at = (at + 1) & mask;
        }
    }

    /// The value of a key.
    #[inline]
    pub fn find(&self, key: &K) -> Option<&V> {
        let at = self.search(Self::hash(key), key)?;
        self.entries[at].as_ref().map(|(_, _, v)| v)
    }

    /// Whether there is a key.
    #[inline]
    pub fn contains(&self, key: &K) -> bool {
        self.search(Self::hash(key), key).is_some()
    }

    /// Gives a key its value, and answers the old one.
    #[inline]
    pub fn set(&mut self, key: &K, value: V) -> Res<Option<V>> {
        let hash = Self::hash(key);
        if let Some(at) = self.search(hash, key)
            && let Some((_, _, old)) = &mut self.entries[at]
        {
            return Ok(Some(std::mem::replace(old, value)));
        }
        self.add(hash, key.clone(), value).map(|()| None)
    }

    fn add(&mut self, hash: u64, key: K, value: V) -> Res<()> {
        if self.entries.len() >= FEW && (self.entries.len() + 1) * 3 > self.index.len() * 2 {
            self.spread()?;
        }
        if self.entries.len() == self.entries.capacity() {
            let more = self.entries.len().max(FEW);
            self.entries.try_reserve(more).map_err(|_| Exc::GIVE_UP)?;
        }
        if !self.index.is_empty() {
            let place = self.entries.len() as u32 + 1;
            Self::put(&mut self.index, hash, place);
        }
        self.entries.push(Some((hash, key, value)));
        self.live += 1;
        self.changes += 1;
        Ok(())
    }

    #[inline]
    fn put(index: &mut [u32], hash: u64, place: u32) {
        let mask = index.len() - 1;
        let mut at = hash as usize & mask;
        while index[at] != 0 {
            at = (at + 1) & mask;
        }
        index[at] = place;
    }

    /// Makes an index that fits the entries, without those that are gone; none for few.
    fn spread(&mut self) -> Res<()> {
        if self.live * 2 > MOST {
            return Err(Exc::GIVE_UP);
        }
        self.entries.retain(Option::is_some);
        let mut index = Vec::new();
        if self.live < FEW {
            self.index = index;
            return Ok(());
        }
        let size = (self.live + 1).next_power_of_two() * 4;
        index.try_reserve_exact(size).map_err(|_| Exc::GIVE_UP)?;
        index.resize(size, 0);
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some((hash, ..)) = entry {
                Self::put(&mut index, *hash, at as u32 + 1);
            }
        }
        self.index = index;
        Ok(())
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.search(Self::hash(key), key)?;
        let (_, _, value) = self.entries[at].take()?;
        self.live -= 1;
        self.changes += 1;
        Some(value)
    }

    /// The first entry at a place or behind it, and the place behind that.
    #[inline]
    pub fn entry_from(&self, mut at: usize) -> Option<(usize, &K, &V)> {
        loop {
            match self.entries.get(at)? {
                Some((_, key, value)) => return Some((at + 1, key, value)),
                None => at += 1,
            }
        }
    }

    /// How many places there are, those of keys that are gone among them.
    #[inline]
    pub fn places(&self) -> usize {
        self.entries.len()
    }

    /// The last entry before a place, and its own place.
    #[inline]
    pub fn entry_before(&self, mut at: usize) -> Option<(usize, &K, &V)> {
        loop {
            at = at.checked_sub(1)?;
            if let Some((_, key, value)) = self.entries.get(at)? {
                return Some((at, key, value));
            }
        }
    }
}

impl<K, V> Table<K, V> {
    /// Nothing yet.
    #[expect(clippy::new_without_default, reason = "made by dicts only")]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
            index: Vec::new(),
            live: 0,
            changes: 0,
        }
    }

    /// All keys with their values.
    pub fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.entries.into_iter().flatten().map(|(_, k, v)| (k, v))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_in_order_and_can_go() {
        let mut table = Table::new();
        for i in 0..1000_i64 {
            table.set(&(i * 7), i).unwrap();
        }
        for i in (0..1000_i64).step_by(2) {
            assert_eq!(table.remove(&(i * 7)), Some(i));
        }
        for i in 1000..3000_i64 {
            assert_eq!(table.set(&(i * 7), i).unwrap(), None);
        }
        assert_eq!(table.set(&7, -1).unwrap(), Some(1));
        assert_eq!(table.length(), 2500);
        let (mut at, mut keys) = (0, Vec::new());
        while let Some((next, key, _)) = table.entry_from(at) {
            keys.push(*key);
            at = next;
        }
        let odd = (1..1000).step_by(2).chain(1000..3000).map(|i| i * 7);
        assert_eq!(keys, odd.collect::<Vec<i64>>());
        assert_eq!((table.find(&7), table.find(&14)), (Some(&-1), None));
    }
    #[test]
    fn keys_that_come_and_go_leave_room() {
        for kept in 0..20_i64 {
            let mut table = Table::new();
            for i in 0..500 {
                assert_eq!(table.set(&i, -i).unwrap(), None);
                if i >= kept {
                    assert_eq!(table.remove(&(i - kept)), Some(kept - i));
                }
                assert!(!table.contains(&(i + 1)));
            }
            assert_eq!(table.length() as i64, kept);
        }
    }
}
