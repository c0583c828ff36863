//! The one place where randomness comes from: the operating system.

use sanbao_domain::time::Timestamp;
use uuid::Uuid;

/// Fresh random bytes.
///
/// # Panics
/// When the operating system has no randomness to give: no secret and no id could be trusted then.
#[allow(clippy::expect_used)]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// An id of version 7 (RFC 9562, method 3): ordered by its microsecond, random after it.
pub fn id(at: Timestamp) -> Uuid {
    let micros = u64::try_from(at.as_microsecond()).unwrap_or(0);
    let mut tail = bytes::<10>();
    // The twelve bits after the version hold the part of the millisecond, in 4096ths.
    let part = ((micros % 1000) * 4096 / 1000) as u16;
    tail[..2].copy_from_slice(&part.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(micros / 1000, &tail).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_later_microseconds_are_greater() {
        let at = |micros: i64| Timestamp::from_microsecond(1_790_000_000_000_000 + micros).unwrap();
        let ids: Vec<Uuid> = (0..3000).map(|micros| id(at(micros))).collect();
        assert!(ids.is_sorted_by(|one, next| one < next));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        assert_ne!(id(at(0)), id(at(0)));
    }
}
