//! What is read from a picture's metadata before all of it is thrown away: which way is up, and when it was taken.

use super::kind::FileKind;
use exif::{DateTime as ExifDateTime, Exif, In, Reader, Tag, Value};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use std::fs::File;
use std::io::{BufReader, Seek};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// 1 to 8; 1 stands upright already.
    pub orientation: Option<u8>,
    pub taken: Option<Taken>,
}

/// The camera's clock, and its zone if the camera knew it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub local: DateTime,
    pub offset: Option<Offset>,
}

impl Taken {
    /// Milliseconds UTC; `zone` stands in for a zone that the camera did not tell.
    pub fn utc_ms(self, zone: &TimeZone) -> Option<i64> {
        let zone = self.offset.map_or_else(|| zone.clone(), TimeZone::fixed);
        self.local.to_zoned(zone).ok().map(|zoned| zoned.timestamp().as_millisecond())
    }
}

/// Metadata that cannot be read is as good as none.
pub fn read(file: &File, kind: FileKind) -> Metadata {
    if matches!(kind, FileKind::Gif | FileKind::Pdf) {
        return Metadata::default();
    }
    let mut reader = BufReader::with_capacity(64 * 1024, file);
    if reader.rewind().is_err() {
        return Metadata::default();
    }
    let exif = Reader::new().continue_on_error(true).read_from_container(&mut reader);
    match exif.or_else(|error| error.distill_partial_result(|_| {})) {
        Ok(exif) => Metadata { orientation: orientation(&exif), taken: taken(&exif) },
        Err(_) => Metadata::default(),
    }
}

fn orientation(exif: &Exif) -> Option<u8> {
    let value = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|value| (1..=8).contains(value))
}

fn taken(exif: &Exif) -> Option<Taken> {
    let text = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().map(Vec::as_slice),
        _ => None,
    };
    let mut stamp = ExifDateTime::from_ascii(text(Tag::DateTimeOriginal)?).ok()?;
    if let Some(offset) = text(Tag::OffsetTimeOriginal) {
        // An offset that is none leaves the time as it is.
        let _ = stamp.parse_offset(offset);
    }
    let small = |number: u8| i8::try_from(number).ok();
    let date = Date::new(i16::try_from(stamp.year).ok()?, small(stamp.month)?, small(stamp.day)?).ok()?;
    let time = Time::new(small(stamp.hour)?, small(stamp.minute)?, small(stamp.second)?, 0).ok()?;
    let offset = stamp.offset.and_then(|minutes| Offset::from_seconds(i32::from(minutes) * 60).ok());
    Some(Taken { local: date.to_datetime(time), offset })
}
