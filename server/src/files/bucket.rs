//! A bucket instead of a folder: whatever speaks S3.

use crate::config::{BucketUrl, Config};
use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

/// Until a connection stands.
const CONNECT: Duration = Duration::from_secs(5);
/// Until an answer begins, once a request has begun, and between two pieces of a file on its way to us. A whole file has
/// no limit: it flows as slowly as its reader takes it.
const SILENCE: Duration = Duration::from_secs(60);
/// Somebody waits for the answer: a bucket that is away is told soon, and their browser or phone keeps the picture.
const RETRY_FOR: Duration = Duration::from_secs(10);

/// Nothing is asked of the server yet.
///
/// # Errors
/// When no client can be made, as without any trusted certificates on the machine.
pub fn open(config: &Config, bucket: &BucketUrl) -> Result<Arc<dyn ObjectStore>, object_store::Error> {
    // The process's choice of cryptography, which the client's TLS asks for. A second time it stands already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let endpoint = config.s3_endpoint.as_deref();
    let plain = endpoint.is_some_and(|endpoint| endpoint.starts_with("http://"));
    let client = ClientOptions::new()
        .with_allow_http(plain)
        .with_connect_timeout(CONNECT)
        .with_read_timeout(SILENCE)
        .with_timeout_disabled();
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(2), base: 2.0 };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.bucket)
        .with_region(&config.s3_region)
        .with_client_options(client)
        .with_retry(RetryConfig { backoff, max_retries: 3, retry_timeout: RETRY_FOR })
        // Not every server knows the request that deletes many at once.
        .with_disable_bulk_delete(true);
    builder = match endpoint {
        Some(endpoint) => builder.with_endpoint(endpoint),
        // The bucket's name as the host's, unless its dots would not match the certificate.
        None => builder.with_virtual_hosted_style_request(!bucket.bucket.contains('.')),
    };
    if let (Some(id), Some(secret)) = (&config.s3_access_key, &config.s3_secret_key) {
        builder = builder.with_access_key_id(id).with_secret_access_key(&secret.0);
    }
    let store = builder.build()?;
    if bucket.prefix.is_empty() {
        return Ok(Arc::new(store));
    }
    Ok(Arc::new(PrefixStore::new(store, bucket.prefix.as_str())))
}

/// How people are told which bucket is meant.
pub fn place(config: &Config, bucket: &BucketUrl) -> String {
    match &config.s3_endpoint {
        Some(endpoint) => format!("the bucket {bucket} at {endpoint}"),
        None => format!("the bucket {bucket} at Amazon's {}", config.s3_region),
    }
}

/// What went wrong, in a line without keys: what the server said, or why it could not be asked.
pub fn in_words(error: &object_store::Error) -> String {
    let text = error.to_string();
    // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; the rest of the answer may hold what was signed.
    let between = |open: &str, close: &str| {
        text.split_once(open).and_then(|(_, rest)| rest.split_once(close)).map(|(word, _)| word)
    };
    match (error, between("<Code>", "</Code>")) {
        (_, Some("NoSuchBucket")) => "there is no such bucket".to_owned(),
        (_, Some(code @ ("InvalidAccessKeyId" | "SignatureDoesNotMatch" | "NotSignedUp"))) => {
            format!("s3_access_key and s3_secret_key are not taken ({code})")
        }
        (_, Some("AccessDenied")) => "the access key may not do this (AccessDenied)".to_owned(),
        (_, Some(code)) => match between("<Message>", "</Message>") {
            Some(message) => format!("{code}: {message}"),
            None => code.to_owned(),
        },
        (object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. }, None) => {
            "the access key is refused".to_owned()
        }
        _ => innermost(error),
    }
}

/// The reason under all the layers: "Connection refused", "invalid peer certificate".
fn innermost(error: &object_store::Error) -> String {
    let mut reason: &dyn Error = error;
    while let Some(deeper) = reason.source() {
        reason = deeper;
    }
    reason.to_string()
}
