//! Certificates, keys, random numbers.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use rand::RngExt as _;
use rand::rngs::StdRng;
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use serde_json::Value;

use crate::measure::Case;

pub(super) fn native_roots() -> Case {
    tls_case(
        "tls-config-per-connection",
        "`rustls::ClientConfig`, the system's certificates, + `ClientConnection`",
        || {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            roots
        },
    )
}

/// Finding the certificates is what costs: with those at hand there is next to nothing to save.
pub(super) fn roots_in_the_program() -> Case {
    let roots = || webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let name = "`rustls::ClientConfig`, `webpki_roots`, + `ClientConnection`";
    tls_case("tls-config-per-connection", name, roots)
}

fn tls_case(
    rule: &'static str,
    name: &'static str,
    roots: impl Fn() -> RootCertStore + 'static,
) -> Case {
    let build = move || {
        let config = ClientConfig::builder().with_root_certificates(roots());
        Arc::new(config.with_no_client_auth())
    };
    let config = build();
    Case::new(rule, name, move || connection(build()), move || connection(config.clone()))
}

fn connection(config: Arc<ClientConfig>) -> ClientConnection {
    let name = "example.org".try_into().expect("it is the name of a host");
    ClientConnection::new(config, name).expect("the configuration is right")
}

const KEY: &[u8] = include_bytes!("key.pem");
const TOKEN: &str = include_str!("token.txt").trim_ascii();

pub(super) fn key_of_a_token() -> Case {
    let key = parsed_key();
    let (validation, same) = (signature_only(), signature_only());
    Case::new(
        "jwt-key-parsed-per-request",
        "`jsonwebtoken::DecodingKey::from_rsa_pem` + `decode`",
        move || subject(&parsed_key(), &validation),
        move || subject(&key, &same),
    )
}

fn parsed_key() -> DecodingKey {
    DecodingKey::from_rsa_pem(KEY).expect("it is a public key")
}

/// The token does not expire, so that the benchmark does not either.
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims.clear();
    validation
}

fn subject(key: &DecodingKey, validation: &Validation) -> Value {
    decode(TOKEN, key, validation).expect("the token was signed with this key").claims
}

pub(super) fn random_numbers() -> Case {
    let mut rng: StdRng = rand::make_rng();
    Case::new(
        "rng-seeded-per-call",
        "`rand::rngs::StdRng`, seeded by the system",
        || rand::make_rng::<StdRng>().random_range(0..100),
        move || rng.random_range(0..100),
    )
}
