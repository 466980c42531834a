//! Reads file and environment; names what is wrong with its place.

use super::{Config, KEYS, Key, lan};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// Something that is wrong with the configuration, and where: `redress.toml:3` or the variable's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub place: String,
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Where a file is looked for when nobody names one.
const USUAL: [&str; 2] = ["redress.toml", "/etc/redress/redress.toml"];

/// Reads the file, if there is one, and then the environment, which overrules it. Answers the file's path as well.
///
/// # Errors
/// Everything that is wrong, at once.
pub fn load(
    named: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<(Config, Option<PathBuf>), Vec<Problem>> {
    let mut config = Config::default();
    let mut problems = Vec::new();
    let mut places = Places::new();
    let file = named.map(Path::to_owned).or_else(|| USUAL.iter().map(PathBuf::from).find(|path| path.is_file()));
    if let Some(path) = &file {
        match std::fs::read_to_string(path) {
            Ok(text) => read_file(&mut config, &text, path, &mut places, &mut problems),
            Err(error) => {
                problems.push(Problem { place: path.display().to_string(), what: format!("cannot be read: {error}") });
            }
        }
    }
    read_environment(&mut config, environment, &mut places, &mut problems);
    if problems.is_empty() {
        problems.extend(agree(&config, &places));
    }
    fill_in(&mut config);
    if problems.is_empty() { Ok((config, file)) } else { Err(problems) }
}

/// Where each key was set last.
type Places = BTreeMap<&'static str, String>;

fn read_file(config: &mut Config, text: &str, path: &Path, places: &mut Places, problems: &mut Vec<Problem>) {
    let place = |at: usize| {
        let line = text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        format!("{}:{line}", path.display())
    };
    let mut found = Vec::new();
    let mut problem = |at: usize, what: String| found.push((at, what));
    let base = path.parent().unwrap_or(Path::new(""));
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        problem(error.span().map_or(0, |span| span.start), error.message().to_owned());
    }
    for (name, value) in table.get_ref() {
        let Some(key) = KEYS.iter().find(|key| key.name == name.get_ref().as_ref()) else {
            problem(name.span().start, format!("unknown key `{}`{}", name.get_ref(), suggestion(name.get_ref())));
            continue;
        };
        places.insert(key.name, place(value.span().start));
        let outcome = plain(value.get_ref()).and_then(|value| (key.set)(config, &value, base));
        if let Err(what) = outcome {
            problem(value.span().start, format!("`{}`: {what}", key.name));
        }
    }
    found.sort();
    problems.extend(found.into_iter().map(|(at, what)| Problem { place: place(at), what }));
}

fn read_environment(
    config: &mut Config,
    environment: impl Iterator<Item = (String, String)>,
    places: &mut Places,
    problems: &mut Vec<Problem>,
) {
    for (variable, value) in environment {
        let Some(name) = variable.strip_prefix("REDRESS_").filter(|name| *name != "CONFIG") else { continue };
        let outcome = match KEYS.iter().find(|key| key.name == name.to_lowercase()) {
            Some(key) => {
                places.insert(key.name, variable.clone());
                (key.set)(config, value.trim(), Path::new(""))
            }
            None => Err(format!("unknown{}", suggestion(&name.to_lowercase()))),
        };
        if let Err(what) = outcome {
            problems.push(Problem { place: variable, what });
        }
    }
}

/// What needs another key beside it. A bucket that is half configured must not end as pictures on the disk, nor as a
/// search for credentials elsewhere; a gateway that is, not as messages that wait for ever.
fn agree(config: &Config, places: &Places) -> Vec<Problem> {
    let problem = |key: &str, what: String| {
        let file = format!("{key}_file");
        let place =
            places.get(key).or_else(|| places.get(file.as_str())).cloned().unwrap_or_else(|| "the defaults".to_owned());
        Problem { place, what: format!("`{key}`: {what}") }
    };
    [of_bucket(config), of_sms(config)].concat().into_iter().map(|(key, what)| problem(key, what)).collect()
}

fn of_bucket(config: &Config) -> Vec<(&'static str, String)> {
    if config.files_url.is_some() {
        let missing =
            [("s3_access_key", config.s3_access_key.is_none()), ("s3_secret_key", config.s3_secret_key.is_none())];
        return needs("files_url", &missing);
    }
    let alone = [
        ("s3_endpoint", config.s3_endpoint.is_some()),
        ("s3_access_key", config.s3_access_key.is_some()),
        ("s3_secret_key", config.s3_secret_key.is_some()),
    ];
    useless(&alone, "files_url")
}

fn of_sms(config: &Config) -> Vec<(&'static str, String)> {
    let twilio = config.sms_gateway == Some(sms::Kind::Twilio);
    if config.sends_sms() {
        let missing = [
            ("sms_token", config.sms_token.is_none()),
            ("sms_user", twilio && config.sms_user.is_empty()),
            ("sms_from", twilio && config.sms_from.is_empty()),
        ];
        return needs("sms_gateway", &missing);
    }
    let alone = [
        ("sms_url", !config.sms_url.is_empty()),
        ("sms_user", !config.sms_user.is_empty()),
        ("sms_token", config.sms_token.is_some()),
        ("sms_from", !config.sms_from.is_empty()),
    ];
    useless(&alone, "sms_gateway")
}

/// `key` lacks those of the others that are missing.
fn needs(key: &'static str, others: &[(&'static str, bool)]) -> Vec<(&'static str, String)> {
    let missing = others.iter().filter(|(_, missing)| *missing);
    missing.map(|(other, _)| (key, format!("needs `{other}` as well"))).collect()
}

/// The first of those that are set, without what they are for.
fn useless(set: &[(&'static str, bool)], without: &str) -> Vec<(&'static str, String)> {
    let first = set.iter().filter(|(_, set)| *set).take(1);
    first.map(|(key, _)| (*key, format!("is of no use without `{without}`"))).collect()
}

fn plain(value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Integer(number) => Ok(number.as_str().to_owned()),
        DeValue::Boolean(value) => Ok(value.to_string()),
        DeValue::Array(items) => {
            let items: Result<Vec<_>, _> = items.iter().map(|item| plain(item.get_ref())).collect();
            Ok(items?.join(","))
        }
        other => Err(format!("a {} does not belong here", other.type_str())),
    }
}

/// The key that was probably meant: one that shares most of its letters.
fn suggestion(name: &str) -> String {
    let near = |key: &&Key| {
        let same = key.name.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        same >= 4 || (same >= 2 && key.name.len().abs_diff(name.len()) <= 1)
    };
    KEYS.iter().find(near).map_or_else(String::new, |key| format!(" (is `{}` meant?)", key.name))
}

/// What depends on another key or on the machine.
fn fill_in(config: &mut Config) {
    if config.database_url.is_empty() {
        let file = config.data_dir.join("redress.db").display().to_string();
        config.database_url = format!("sqlite://{}?mode=rwc", file.replace('%', "%25").replace('?', "%3F"));
    }
    if config.public_url.is_empty() {
        let ip = config.listen.ip();
        let host = if ip.is_loopback() {
            "localhost".to_owned()
        } else if ip.is_unspecified() {
            lan::address().map_or_else(|| "localhost".to_owned(), |ip| ip.to_string())
        } else {
            std::net::SocketAddr::new(ip, 0).to_string().trim_end_matches(":0").to_owned()
        };
        config.public_url = format!("http://{host}:{}", config.listen.port());
    }
    if config.site_dir.as_os_str().is_empty() {
        config.site_dir = find_site();
    }
}

/// Beside the executable, or where cargo and a package put it.
fn find_site() -> PathBuf {
    let executable = std::env::current_exe().unwrap_or_default();
    let folder = executable.parent().unwrap_or(Path::new("."));
    let places = ["site", "../site", "../share/redress/site"].map(|place| folder.join(place));
    let found = places.iter().find(|place| place.join("manifest.json").is_file());
    found.unwrap_or(&places[0]).clone()
}

/// A file with every key, its meaning and its default, ready to be edited.
pub fn print_defaults() -> String {
    let mut text =
        "# Configuration of Redress. Every key can also be set in the environment: REDRESS_LISTEN and so on,\n\
                    # which overrules this file. Relative paths begin at this file's folder.\n"
            .to_owned();
    for Key { name, default, help, .. } in KEYS {
        text += &format!("\n# {help}\n# {name} = {default}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn read(text: &str) -> Result<Config, Vec<String>> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("redress.toml");
        std::fs::write(&path, text).expect("written");
        let prefix = format!("{}/", folder.path().display());
        load(Some(&path), std::iter::empty())
            .map(|(config, _)| config)
            .map_err(|all| all.iter().map(|p| p.to_string().replace(&prefix, "")).collect())
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let problems = read("listen = \"here\"\n\nlisen = \"0.0.0.0:80\"\nsession_days = 0\n[smtp]\nurl = 1\n")
            .expect_err("wrong");
        assert_eq!(
            problems,
            [
                "redress.toml:1: `listen`: expected an address and a port, such as 0.0.0.0:3000",
                "redress.toml:3: unknown key `lisen` (is `listen` meant?)",
                "redress.toml:4: `session_days`: expected a whole number from 1 to 365",
                "redress.toml:5: unknown key `smtp` (is `smtp_url` meant?)",
            ]
        );
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let problems = read("listen = \"127.0.0.1:1\"\nlog =\n").expect_err("broken");
        assert!(problems[0].starts_with("redress.toml:2: "), "{problems:?}");
    }

    #[test]
    fn an_authority_must_be_a_certificate() {
        let problems = read("smtp_ca_file = \"/nowhere\"").expect_err("is not there");
        assert!(problems[0].starts_with("redress.toml:1: `smtp_ca_file`: cannot read /nowhere: "), "{problems:?}");
        let file = tempfile::NamedTempFile::new().expect("a file");
        let problems = read(&format!("smtp_ca_file = \"{}\"", file.path().display())).expect_err("is empty");
        assert_eq!(
            problems,
            ["redress.toml:1: `smtp_ca_file`: expected a file with a certificate: -----BEGIN CERTIFICATE-----"]
        );
    }

    #[test]
    fn the_environment_overrules_and_is_checked_too() {
        let variables = |list: &[(&str, &str)]| {
            list.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<Vec<_>>().into_iter()
        };
        let (config, _) = load(
            None,
            variables(&[
                ("REDRESS_LISTEN", "127.0.0.1:8080"),
                ("REDRESS_TRUSTED_PROXIES", "10.0.0.1, ::1"),
                ("REDRESS_DATA_DIR", "/srv/a?b"),
                ("HOME", "/root"),
            ]),
        )
        .expect("right");
        assert_eq!(config.public_url, "http://localhost:8080");
        assert_eq!(config.trusted_proxies.len(), 2);
        assert_eq!(config.database_file(), Some(PathBuf::from("/srv/a?b/redress.db")));
        let problems = load(None, variables(&[("REDRESS_LISTN", "x")])).expect_err("unknown");
        assert_eq!(problems[0].to_string(), "REDRESS_LISTN: unknown (is `listen` meant?)");
    }

    #[test]
    fn the_printed_defaults_are_the_defaults() {
        let uncommented: String = print_defaults()
            .lines()
            .filter(|line| !line.contains("= [") || line.contains("= []"))
            .map(|line| match line.strip_prefix("# ") {
                Some(key) if KEYS.iter().any(|k| key.starts_with(&format!("{} = ", k.name))) => format!("{key}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let read = read(&uncommented).expect("the defaults are right");
        let default = Config::default();
        assert_eq!(read.listen, default.listen);
        assert_eq!(read.mail_from, default.mail_from);
        assert_eq!(read.session_days, default.session_days);
        assert!(read.data_dir.ends_with("data"));
    }

    #[test]
    fn a_secret_is_not_printed() {
        let config = read(
            "smtp_password = \"hunter2\"\nfiles_url = \"s3://abc\"\ns3_access_key = \"a\"\ns3_secret_key = \"hunter3\"",
        );
        let shown = format!("{:?}", config.expect("right"));
        assert!(shown.contains("s3_secret_key: Some(Secret(…))") && !shown.contains("hunter"), "{shown}");
    }

    #[test]
    fn a_gateway_is_whole_or_named_with_its_line() {
        let wrong = |text: &str| read(text).expect_err("wrong");
        assert_eq!(
            wrong("sms_gateway = \"carrier pigeon\"\nsms_url = \"https://a:b@c.no\""),
            [
                "redress.toml:1: `sms_gateway`: expected smsapi or twilio",
                "redress.toml:2: `sms_url`: expected https:// and a host, and no credentials",
            ]
        );
        assert_eq!(wrong("sms_gateway = \"smsapi\""), ["redress.toml:1: `sms_gateway`: needs `sms_token` as well"]);
        assert_eq!(
            wrong("sms_gateway = \"twilio\"\nsms_token = \"hush\""),
            [
                "redress.toml:1: `sms_gateway`: needs `sms_user` as well",
                "redress.toml:1: `sms_gateway`: needs `sms_from` as well",
            ]
        );
        assert_eq!(wrong("sms_token = \"hush\""), ["redress.toml:1: `sms_token`: is of no use without `sms_gateway`"]);
        let folder = tempfile::tempdir().expect("a folder");
        let token = folder.path().join("token");
        std::fs::write(&token, "hush\n").expect("written");
        let text = format!("sms_gateway = \"smsapi\"\nsms_token_file = \"{}\"", token.display());
        let config = read(&text).expect("right");
        assert_eq!(config.sms_token, Some(Secret("hush".to_owned())));
        assert!(config.sends_sms() && !format!("{config:?}").contains("hush"));
        assert!(!Config::default().sends_sms());
    }

    #[test]
    fn a_bucket_is_whole_or_named_with_its_line() {
        let wrong = |text: &str| read(text).expect_err("wrong");
        assert_eq!(
            wrong("files_url = \"bucket\"\ns3_endpoint = \"https://a:b@c.no\"\ns3_region = \"\""),
            [
                "redress.toml:1: `files_url`: expected s3://bucket or s3://bucket/prefix",
                "redress.toml:2: `s3_endpoint`: expected http:// or https:// and a host, perhaps a port and a path, and no credentials",
                "redress.toml:3: `s3_region`: expected a region such as eu-north-1",
            ]
        );
        assert_eq!(
            wrong("\nfiles_url = \"s3://pictures\"\ns3_access_key = \"id\""),
            ["redress.toml:2: `files_url`: needs `s3_secret_key` as well"]
        );
        assert_eq!(
            wrong("s3_endpoint = \"http://localhost:9000\""),
            ["redress.toml:1: `s3_endpoint`: is of no use without `files_url`"]
        );
        let folder = tempfile::tempdir().expect("a folder");
        let secret = folder.path().join("secret");
        std::fs::write(&secret, "hush\n").expect("written");
        let config = read(&format!(
            "files_url = \"s3://pictures/shop\"\ns3_access_key = \"id\"\ns3_secret_key_file = \"{}\"",
            secret.display()
        ));
        let config = config.expect("right");
        assert_eq!(config.files_url.map(|url| url.to_string()).as_deref(), Some("s3://pictures/shop"));
        assert_eq!(config.s3_secret_key, Some(Secret("hush".to_owned())));
    }
}
