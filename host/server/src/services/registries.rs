//! Exchanging policies with OCI registries, in the CNCF's layout for Wasm artifacts.
//!
//! A host calls only registries that its operator allows, as a reference comes from a party and the host stands
//! where the party does not: behind the firewall. A registry that is allowed is trusted to name, in redirects and
//! in what it asks for credentials with, further addresses.

mod error;
mod exchange;
mod layout;

pub use error::RegistryError;
pub use exchange::{Artifact, Pulled, Pushed, pull, push};

use crate::config::Config;
use oci_client::Reference;
use oci_client::secrets::RegistryAuth;
use std::net::IpAddr;

/// Something in a registry, and how to get there.
#[derive(Clone, Debug)]
pub struct Place {
    reference: Reference,
    auth: RegistryAuth,
    plain: bool,
}

/// Who a registry is told that asks.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// User name.
    pub username: Option<String>,
    /// Password or token.
    pub password: Option<String>,
}

impl From<Credentials> for RegistryAuth {
    fn from(given: Credentials) -> Self {
        match (given.username, given.password) {
            (None, None) => Self::Anonymous,
            (None, Some(token)) => Self::Bearer(token),
            (Some(username), password) => Self::Basic(username, password.unwrap_or_default()),
        }
    }
}

impl Place {
    /// For a program of the author's own, which may call whatever its author may. A registry on this machine is
    /// spoken to without TLS, as other tools do.
    ///
    /// # Errors
    /// A reference that is none.
    pub fn anywhere(reference: &str, credentials: Credentials) -> Result<Self, RegistryError> {
        let reference = read(reference)?;
        let plain = is_loopback(reference.resolve_registry());
        Ok(Self { reference, auth: credentials.into(), plain })
    }

    /// For a host, on behalf of a party.
    ///
    /// # Errors
    /// A reference that is none, or a registry that the operator does not allow.
    pub fn allowed(
        config: &Config,
        reference: &str,
        credentials: Credentials,
    ) -> Result<Self, RegistryError> {
        let reference = read(reference)?;
        let registry = reference.registry();
        if !config.registries.iter().any(|allowed| allowed == registry) {
            return Err(RegistryError::NotAllowed { registry: registry.to_owned() });
        }
        let plain = is_loopback(registry) && config.outbox.loopback;
        Ok(Self { reference, auth: credentials.into(), plain })
    }

    /// As the registry knows it.
    pub fn reference(&self) -> String {
        self.reference.whole()
    }
}

fn read(reference: &str) -> Result<Reference, RegistryError> {
    reference.parse().map_err(|error: oci_client::ParseError| RegistryError::Reference {
        given: reference.to_owned(),
        why: error.to_string(),
    })
}

/// Whether "127.0.0.1:5000" is on this machine.
fn is_loopback(registry: &str) -> bool {
    let host = match registry.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => registry,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(config: &Config, reference: &str) -> Result<Place, RegistryError> {
        Place::allowed(config, reference, Credentials::default())
    }

    #[test]
    fn only_what_the_operator_allows_is_called() {
        let mut config = Config::new("sqlite:x");
        config.registries = vec!["ghcr.io".into(), "127.0.0.1:5000".into()];
        assert!(!at(&config, "ghcr.io/a/b:1").unwrap().plain);
        for other in
            ["ghcr.io.evil.example/a/b:1", "ghcr.io:8443/a/b", "a/b:1", "169.254.169.254/latest/meta-data:1"]
        {
            let error = at(&config, other).unwrap_err();
            assert!(matches!(error, RegistryError::NotAllowed { .. }), "{other}: {error}");
        }
        assert!(matches!(at(&config, "ghcr.io/UPPER case"), Err(RegistryError::Reference { .. })));
        assert!(matches!(at(&config, "http://ghcr.io/a/b"), Err(RegistryError::Reference { .. })));
    }

    #[test]
    fn without_tls_only_on_this_machine_and_for_development() {
        let mut config = Config::new("sqlite:x");
        config.registries = vec!["127.0.0.1:5000".into(), "registry.example:5000".into()];
        assert!(!at(&config, "127.0.0.1:5000/a/b:1").unwrap().plain);
        config.outbox.loopback = true;
        assert!(at(&config, "127.0.0.1:5000/a/b:1").unwrap().plain);
        assert!(!at(&config, "registry.example:5000/a/b:1").unwrap().plain);
        assert!(is_loopback("localhost") && is_loopback("[::1]:5000") && !is_loopback("127.0.0.1.example"));
    }
}
