//! A file as strangers send it. Whatever it is, it is refused or made anew; what is made anew is a plain JPEG that holds
//! nothing of its metadata.

#![no_main]

use libfuzzer_sys::fuzz_target;
use server::files::Prepared;
use server::files::decode::Heavy;
use server::files::picture::prepare;
use std::io::Write;
use std::sync::LazyLock;

static HEAVY: LazyLock<Heavy> = LazyLock::new(Heavy::default);

fuzz_target!(|data: &[u8]| {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(data).expect("room on the disk");
    if let Ok(Prepared::Picture { large, small, width, height, .. }) = prepare(&file, &HEAVY) {
        assert!(width > 0 && height > 0 && width <= 2048 && height <= 2048);
        for jpeg in [large, small] {
            assert!(jpeg.starts_with(&[0xff, 0xd8]) && jpeg.ends_with(&[0xff, 0xd9]));
            assert!(!jpeg.windows(6).any(|part| part == b"Exif\0\0"));
        }
    }
});
