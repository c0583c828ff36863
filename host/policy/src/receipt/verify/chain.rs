//! Does every receipt follow the one before it, and is every signature its key's?

use super::context::{Context, Known};
use super::finding::Kind;
use super::{digest, print, signature};
use crate::digest::Digest;
use crate::receipt::key::PublicKey;
use crate::receipt::repair::{Change, of_digit};
use crate::receipt::scan::Part;
use crate::receipt::sheet::link;

impl Context<'_> {
    pub(super) fn chain(&mut self, sheets: &[Option<Known>]) {
        let parts = self.parts;
        // The hash of each receipt as it must be, by its own parts.
        let follows: Vec<Option<Digest>> = parts
            .receipts
            .iter()
            .zip(sheets)
            .map(|(part, known)| {
                let body = known.as_ref().map(|known| known.body).or_else(|| digest(self.text(&part.body)));
                Some(link(digest(self.text(&part.previous))?, body?))
            })
            .collect();
        let signs = |key: PublicKey| {
            parts.receipts.iter().zip(&follows).any(|(part, follows)| {
                let stated = digest(&self.bytes[part.hash.clone()]);
                let signature = signature(&self.bytes[part.signature.clone()]);
                signature.is_some_and(|signature| {
                    [stated, *follows].into_iter().flatten().any(|hash| key.verifies(hash, &signature))
                })
            })
        };
        let bytes = self.bytes;
        debug_assert!(!bytes.is_empty());
        let used: Vec<PublicKey> = parts
            .keys
            .iter()
            .filter_map(|(_, public)| super::public_key(self.text(public)))
            .filter(|key| signs(*key))
            .collect();
        self.keys(|key| used.contains(&key));
        let mut before: Option<Digest> = None;
        for (index, part) in parts.receipts.iter().enumerate() {
            let hash = self.link(index, part, sheets[index].as_ref(), follows[index], before);
            before = hash;
        }
        let named = |id: &[u8]| parts.receipts.iter().any(|part| self.text(&part.key) == id);
        let idle: Vec<_> = parts.keys.iter().filter(|(id, _)| !named(self.text(id))).collect();
        if let (Some((id, _)), true) = (idle.first(), self.findings.is_empty()) {
            self.wrong(Kind::Key, None, "keys.id", id, None, "nothing was signed with this key");
        }
    }

    /// Checks one receipt's place; answers the hash that it must have.
    fn link(
        &mut self,
        index: usize,
        part: &Part,
        known: Option<&Known>,
        follows: Option<Digest>,
        before: Option<Digest>,
    ) -> Option<Digest> {
        let receipt = Some(index);
        let stated = digest(self.text(&part.hash));
        let body = known.map(|known| known.body).or_else(|| digest(self.text(&part.body)));
        let signed_by = |context: &Self, hash: Digest| {
            let signature = signature(context.text(&part.signature))?;
            context.keys.values().copied().find(|key| key.verifies(hash, &signature))
        };
        let hash = if follows.is_some() && stated == follows {
            stated
        } else if let Some(hash) = follows.filter(|hash| signed_by(self, *hash).is_some()) {
            let change = Change::between(self.text(&part.hash), hash.to_string().as_bytes());
            self.wrong(Kind::Digest, receipt, "hash", &part.hash, change, "the hash was changed");
            Some(hash)
        } else if let Some(hash) = stated.filter(|hash| signed_by(self, *hash).is_some()) {
            self.not_linked(index, part, hash, body, before, known.is_none());
            Some(hash)
        } else {
            let message = "hash, signature and what they cover do not belong together";
            self.wrong(Kind::Chain, receipt, "hash", &part.hash, None, message);
            return stated.or(follows);
        };
        let Some(hash) = hash else { return stated };
        if let Some(before) = before
            && digest(self.text(&part.previous)).is_some_and(|previous| previous != before)
            && self.findings.iter().all(|finding| finding.kind != Kind::Chain)
        {
            let message = "it does not follow the receipt before it: one was taken out, put in or moved";
            self.wrong(Kind::Chain, receipt, "previous", &part.previous, None, message);
        }
        self.signature(index, part, hash);
        Some(hash)
    }

    /// The hash is the signed one, and does not follow from its parts.
    fn not_linked(
        &mut self,
        index: usize,
        part: &Part,
        hash: Digest,
        body: Option<Digest>,
        before: Option<Digest>,
        withheld: bool,
    ) {
        let (previous, body_text) = (self.text(&part.previous), self.text(&part.body));
        let fits = |previous: &[u8], body: Option<Digest>| {
            digest(previous).zip(body).is_some_and(|(previous, body)| link(previous, body) == hash)
        };
        let mended = before.filter(|before| fits(before.to_string().as_bytes(), body));
        let change = match mended {
            Some(before) => Change::between(previous, before.to_string().as_bytes()),
            None => of_digit(previous, |tried| fits(tried, body)),
        };
        if change.is_some() {
            let message = "the hash of the receipt before it was changed";
            return self.wrong(Kind::Chain, Some(index), "previous", &part.previous, change, message);
        }
        if withheld && let Some(change) = of_digit(body_text, |tried| fits(previous, digest(tried))) {
            let message = "the hash over the fields was changed";
            return self.wrong(Kind::Digest, Some(index), "body", &part.body, Some(change), message);
        }
        let message = "the hash does not follow from its fields and the receipt before it";
        self.wrong(Kind::Chain, Some(index), "hash", &part.hash, None, message);
    }

    fn signature(&mut self, index: usize, part: &Part, hash: Digest) {
        let receipt = Some(index);
        let (name, text) = (self.text(&part.key), self.text(&part.signature));
        let bytes = signature(text);
        let key = print(name).and_then(|print| self.keys.get(&print).copied());
        let verifies = |key: PublicKey| bytes.is_some_and(|bytes| key.verifies(hash, &bytes));
        if key.is_some_and(verifies) {
            return;
        }
        let signer = self.keys.values().copied().find(|key| verifies(*key));
        if let Some(signer) = signer {
            let change = Change::between(name, signer.print().to_string().as_bytes());
            let message = "the name of the key was changed";
            return self.wrong(Kind::Signature, receipt, "key", &part.key, change, message);
        }
        match key {
            Some(key) => {
                let good = |text: &[u8]| signature(text).is_some_and(|bytes| key.verifies(hash, &bytes));
                let change = of_digit(text, good);
                let message = match change {
                    Some(_) => "the signature was changed",
                    None => "the signature is not the key's",
                };
                self.wrong(Kind::Signature, receipt, "signature", &part.signature, change, message);
            }
            // Whoever changed the key in the file is told so already.
            None if self.findings.iter().any(|finding| finding.kind == Kind::Key) => {}
            None => {
                let message = "the key that signed it is not in the file";
                self.wrong(Kind::Signature, receipt, "key", &part.key, None, message);
            }
        }
    }
}
