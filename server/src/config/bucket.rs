//! `files_url`: a bucket, and perhaps a prefix in it.

use std::fmt;
use std::str::FromStr;

/// `s3://bucket` or `s3://bucket/some/prefix`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketUrl {
    pub bucket: String,
    /// Without slashes around it; empty for the bucket's root.
    pub prefix: String,
}

impl FromStr for BucketUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.strip_prefix("s3://").ok_or("s3://bucket or s3://bucket/prefix")?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        // Amazon's rule for names, and what older buckets and other servers allow beside it.
        let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if !(3..=63).contains(&bucket.len()) || !bucket.chars().all(letter) {
            return Err("s3:// and a bucket's name of 3 to 63 letters, digits, dots and hyphens");
        }
        let prefix = prefix.trim_end_matches('/');
        let part = |part: &str| !part.is_empty() && part != "." && part != ".." && part.chars().all(letter);
        if !prefix.is_empty() && !prefix.split('/').all(part) {
            return Err("a prefix of letters, digits, dots, hyphens and slashes");
        }
        Ok(Self { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
    }
}

impl fmt::Display for BucketUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}", self.bucket)?;
        if self.prefix.is_empty() { Ok(()) } else { write!(f, "/{}", self.prefix) }
    }
}

/// An endpoint as it stands in the file, without a slash at its end. It may have a path, but no credentials: it is shown
/// where something goes wrong.
pub fn endpoint(text: &str) -> Option<String> {
    let uri: http::Uri = text.parse().ok()?;
    let known = matches!(uri.scheme_str(), Some("http" | "https"));
    let bare = uri.authority().is_some_and(|authority| !authority.as_str().contains('@')) && uri.query().is_none();
    (known && bare).then(|| text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_with_or_without_a_prefix() {
        let read = |text: &str| {
            text.parse::<BucketUrl>().ok().map(|url| (url.bucket.clone(), url.prefix.clone(), url.to_string()))
        };
        let bucket =
            |bucket: &str, prefix: &str, shown: &str| Some((bucket.to_owned(), prefix.to_owned(), shown.to_owned()));
        assert_eq!(read("s3://pictures"), bucket("pictures", "", "s3://pictures"));
        assert_eq!(read("s3://pictures/"), bucket("pictures", "", "s3://pictures"));
        assert_eq!(read("s3://shop.no/redress/test/"), bucket("shop.no", "redress/test", "s3://shop.no/redress/test"));
        for wrong in [
            "pictures",
            "s3://",
            "s3://ab",
            "s3:///prefix",
            "s3://user:key@bucket",
            "https://bucket",
            "s3://abc/../x",
            "s3://abc//x",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_endpoint_has_no_credentials() {
        assert_eq!(endpoint("http://127.0.0.1:9000/"), Some("http://127.0.0.1:9000".to_owned()));
        assert_eq!(endpoint("https://s3.example.com/storage/v1"), Some("https://s3.example.com/storage/v1".to_owned()));
        for wrong in [
            "s3.example.com",
            "ftp://s3.example.com",
            "https://key:secret@s3.example.com",
            "https://s3.example.com/?x=1",
            "",
        ] {
            assert_eq!(endpoint(wrong), None, "{wrong}");
        }
    }
}
