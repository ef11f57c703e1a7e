//! Whose certificates we believe.

use super::error::PostError;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::BuilderVerifierExt;
use std::{io, path::Path, sync::Arc};

/// Makes the TLS rules for the mail server: the system's authorities, or those of `ca_file` alone.
///
/// # Errors
/// [`PostError::NoAuthorities`] where there are none to be had.
pub(super) fn tls_rules(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, PostError> {
    let refused = |source| PostError::NoAuthorities { path: ca_file.map(Path::to_owned), source };
    // The provider is named, since a build that holds two of them has no default and would panic.
    let rules = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| refused(error.into()))?;
    let rules = match ca_file {
        None => rules.with_platform_verifier().map_err(|error| refused(error.into()))?,
        Some(path) => rules.with_root_certificates(authorities_in(path).map_err(|error| refused(Box::new(error)))?),
    };
    Ok(Arc::new(rules.with_no_client_auth()))
}

fn authorities_in(path: &Path) -> io::Result<RootCertStore> {
    let broken = |error| io::Error::new(io::ErrorKind::InvalidData, error);
    let pem = std::fs::read(path)?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        roots
            .add(certificate.map_err(|error| broken(error.to_string()))?)
            .map_err(|error| broken(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(broken("it holds no certificate".to_owned()));
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &str, expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        std::fs::write(&path, content).unwrap();
        let error = tls_rules(Some(&path)).unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(error.to_string().contains("ca.pem"), "{error}");
        assert!(cause.contains(expected), "{cause}");
    }

    #[test]
    fn a_ca_file_without_a_certificate_is_refused() {
        check("", "no certificate");
        check("some words\n", "no certificate");
        check("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "");
    }

    #[test]
    fn a_missing_ca_file_is_named() {
        let error = tls_rules(Some(Path::new("/nowhere/ca.pem"))).unwrap_err();
        assert!(error.to_string().contains("/nowhere/ca.pem"), "{error}");
    }
}
