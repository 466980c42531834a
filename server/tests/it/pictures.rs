//! Pictures of cases and drafts, from the bytes that a phone sends to what is kept of them.

use crate::on_both_databases;
use crate::registration::registered;
use crate::support::World;
use app::backend::{Cases, PictureView, Pictures};
use app::error::AppError;
use app::urls::Size;
use domain::attachment::{AttachmentKind, Refusal, limits};
use domain::event::EventKind;
use domain::id::CaseId;
use futures::FutureExt;
use image::RgbImage;
use server::desk::pictures::{Sender, TakeError};
use server::store::attachments;
use std::sync::Arc;
use std::time::{Duration, Instant};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../fixtures/", $name)).as_slice()
    };
}
pub(crate) use fixture;

pub async fn take(world: &World, sender: Sender<'_>, case: CaseId, bytes: &[u8]) -> Result<PictureView, TakeError> {
    take_as(world, sender, case, bytes, AttachmentKind::Damage, None).await
}

async fn take_as(
    world: &World,
    sender: Sender<'_>,
    case: CaseId,
    bytes: &[u8],
    kind: AttachmentKind,
    taken: Option<i64>,
) -> Result<PictureView, TakeError> {
    let mut spool = world.desk.receive().await.expect("a place for it");
    spool.push(bytes).await.expect("room on the disk")?;
    let received = spool.finish().await.expect("room on the disk");
    world.desk.take_file(sender, case, kind, received, taken).await
}

async fn kept(world: &World, view: &PictureView, size: Size) -> Vec<u8> {
    world.desk.files.bytes(view.id, size).await.expect("readable").expect("is there")
}

/// The mean colour around the middle of each quarter: top left, top right, bottom left, bottom right.
fn corners(picture: &RgbImage) -> [[u8; 3]; 4] {
    let (w, h) = picture.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| picture.get_pixel(w * x / 4, h * y / 4).0)
}

fn alike(seen: [[u8; 3]; 4], wanted: [[u8; 3]; 4]) -> bool {
    seen.iter().flatten().zip(wanted.iter().flatten()).all(|(a, b)| a.abs_diff(*b) < 30)
}

const UPRIGHT: [[u8; 3]; 4] = [[220, 30, 30], [30, 180, 30], [30, 60, 220], [230, 210, 30]];

async fn picture(world: &World, view: &PictureView, size: Size) -> RgbImage {
    image::load_from_memory(&kept(world, view, size).await).expect("a JPEG").to_rgb8()
}

on_both_databases! {
    async fn every_orientation_is_turned_upright(world: World) {
        let all = [
            fixture!("orientation_1.jpg"), fixture!("orientation_2.jpg"), fixture!("orientation_3.jpg"),
            fixture!("orientation_4.jpg"), fixture!("orientation_5.jpg"), fixture!("orientation_6.jpg"),
            fixture!("orientation_7.jpg"), fixture!("orientation_8.jpg"),
        ];
        let (case, _) = registered(&world, &[]).await;
        for (index, bytes) in all.into_iter().enumerate() {
            let view = take(&world, Sender::Staff(&world.clerk), case, bytes).await.expect("taken");
            assert_eq!((view.width, view.height), (96, 64), "orientation {}", index + 1);
            for size in [Size::Large, Size::Small] {
                let seen = corners(&picture(&world, &view, size).await);
                assert!(alike(seen, UPRIGHT), "orientation {}: {seen:?}", index + 1);
            }
        }
    }

    async fn every_coding_is_understood(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let all = [
            ("corners.heic", fixture!("corners.heic")),
            ("turned.heic", fixture!("turned.heic")),
            ("corners.webp", fixture!("corners.webp")),
            ("progressive.jpg", fixture!("progressive.jpg")),
            ("cmyk.jpg", fixture!("cmyk.jpg")),
        ];
        for (name, bytes) in all {
            let view = take(&world, Sender::Staff(&world.clerk), case, bytes).await.expect(name);
            let seen = corners(&picture(&world, &view, Size::Large).await);
            assert!(alike(seen, UPRIGHT), "{name}: {seen:?}");
            assert_eq!((view.width, view.height), (96, 64), "{name}");
        }
        let grey = take(&world, Sender::Staff(&world.clerk), case, fixture!("grey.jpg")).await.expect("grey");
        let [red, ..] = corners(&picture(&world, &grey, Size::Large).await);
        assert!(red[0].abs_diff(red[1]) < 4 && red[1].abs_diff(red[2]) < 4, "{red:?}");
    }

    async fn what_is_transparent_becomes_white_and_a_gif_keeps_its_first_frame(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let view = take(&world, Sender::Staff(&world.clerk), case, fixture!("alpha.png")).await.expect("taken");
        let seen = corners(&picture(&world, &view, Size::Large).await);
        assert!(alike(seen, [UPRIGHT[0], UPRIGHT[1], [255; 3], [255; 3]]), "{seen:?}");
        let view = take(&world, Sender::Staff(&world.clerk), case, fixture!("animated.gif")).await.expect("taken");
        let seen = corners(&picture(&world, &view, Size::Large).await);
        assert!(alike(seen, [UPRIGHT[0]; 4]), "{seen:?}");
    }

    async fn nothing_but_the_picture_is_kept(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let sent = fixture!("gps.jpg");
        let holds = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|w| w == word);
        assert!(holds(sent, b"Exif") && holds(sent, b"secret"), "the fixture has something to hide");
        let view = take(&world, Sender::Staff(&world.clerk), case, sent).await.expect("taken");
        for size in [Size::Large, Size::Small] {
            let bytes = kept(&world, &view, size).await;
            for word in [&b"Exif"[..], b"xmp", b"secret", b"Secret", b"2026:10", b"ICC_PROFILE", b"http"] {
                assert!(!holds(&bytes, word), "{:?} is still there", String::from_utf8_lossy(word));
            }
            // JFIF alone of all application segments, and no comment.
            assert!(!bytes.windows(2).any(|w| matches!(w, [0xff, 0xe1..=0xef | 0xfe])));
        }
        assert!(alike(corners(&picture(&world, &view, Size::Large).await), UPRIGHT));
        // The camera's clock: 12:34:56 at +02:00.
        let mut connection = world.desk.db.read().await.expect("a connection");
        let row = attachments::get(&mut connection, view.id).await.expect("readable").expect("is there");
        assert_eq!(jiff::Timestamp::from_millisecond(row.taken_at).expect("a time").to_string(), "2026-10-01T10:34:56Z");
    }

    async fn what_is_no_picture_is_refused_in_words(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let too_large = vec![0xff; usize::try_from(limits::BYTES).expect("fits") + 1];
        let jpeg = fixture!("orientation_1.jpg");
        let noise: Vec<u8> = [0xff, 0xd8, 0xff, 0xe0].into_iter().chain((0..4000_u32).map(|i| (i * 131 % 251) as u8)).collect();
        let all: [(&str, &[u8], Refusal); 10] = [
            ("nothing", b"", Refusal::Empty),
            ("25 MB and a byte", &too_large, Refusal::TooLarge),
            ("a page named .jpg", b"<!doctype html><script>alert(1)</script>", Refusal::UnknownType),
            ("an SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", Refusal::UnknownType),
            ("a program", b"\x7fELF\x02\x01\x01", Refusal::UnknownType),
            ("half a JPEG", &jpeg[..jpeg.len() / 2], Refusal::Damaged),
            ("the head of a JPEG", &jpeg[..20], Refusal::Damaged),
            ("noise", &noise, Refusal::Damaged),
            ("half a HEIC", &fixture!("corners.heic")[..400], Refusal::Damaged),
            ("a bomb", fixture!("bomb.png"), Refusal::TooManyPixels),
        ];
        for (what, bytes, refusal) in all {
            let answer = take(&world, Sender::Staff(&world.clerk), case, bytes).await;
            assert_eq!(answer, Err(TakeError::Refused(refusal)), "{what}");
        }
        assert_eq!(world.desk.pictures(&world.clerk, case).await, Ok(vec![]));
        assert_eq!(world.desk.files.leftovers().await.expect("readable"), []);
    }

    async fn a_hundred_megapixels_are_made_small_in_little_memory(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let view = take(&world, Sender::Staff(&world.clerk), case, fixture!("hundred_megapixels.png")).await.expect("taken");
        assert_eq!((view.width, view.height), (2000, 1500));
    }

    async fn the_same_picture_is_stored_once(world: World) {
        let (case, number) = registered(&world, &[]).await;
        let staff = Sender::Staff(&world.clerk);
        let sends = (0..8).map(|_| take(&world, staff, case, fixture!("orientation_6.jpg")));
        let views: Vec<_> = futures::future::join_all(sends).await.into_iter().map(|view| view.expect("taken")).collect();
        assert!(views.iter().all(|view| view.id == views[0].id), "{views:?}");
        assert_eq!(world.desk.pictures(&world.clerk, case).await.map(|all| all.len()), Ok(1));
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        let added = view.timeline.iter().filter(|e| matches!(e.what, EventKind::AttachmentAdded { .. })).count();
        assert_eq!((added, view.version), (1, 2));
        let folders = std::fs::read_dir(world.folder.path().join("files")).expect("a folder").count();
        assert_eq!(folders, 1, "files of the others are gone");

        // Removed and sent again: it is back, as it was.
        world.desk.remove_picture(&world.clerk, views[0].id).await.expect("removed");
        assert_eq!(world.desk.pictures(&world.clerk, case).await, Ok(vec![]));
        assert_eq!(world.desk.picture_file(&world.clerk, views[0].id, Size::Small).await.err(), Some(AppError::NotFound));
        let back = take(&world, staff, case, fixture!("orientation_6.jpg")).await.expect("taken");
        assert_eq!(back.id, views[0].id);
        assert_eq!(world.desk.pictures(&world.clerk, case).await.map(|all| all.len()), Ok(1));
    }

    async fn pictures_stand_in_the_order_taken(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let now = world.desk.clock.now_ms();
        let staff = Sender::Staff(&world.clerk);
        let late = take_as(&world, staff, case, fixture!("orientation_1.jpg"), AttachmentKind::Item, Some(now - 1000)).await.expect("taken");
        let early = take_as(&world, staff, case, fixture!("orientation_2.jpg"), AttachmentKind::Item, Some(now - 9000)).await.expect("taken");
        // Its own metadata says 1 October; what the sender says comes second. A year 1970 is not believed.
        let camera = take_as(&world, staff, case, fixture!("gps.jpg"), AttachmentKind::Item, Some(5)).await.expect("taken");
        let lost = take_as(&world, staff, case, fixture!("orientation_3.jpg"), AttachmentKind::Item, Some(5)).await.expect("taken");
        let order: Vec<_> = world.desk.pictures(&world.clerk, case).await.expect("readable").iter().map(|p| p.id).collect();
        assert_eq!(order, [camera.id, early.id, late.id, lost.id]);
    }

    async fn kinds_change_with_an_event(world: World) {
        let (case, number) = registered(&world, &[]).await;
        let view = take(&world, Sender::Staff(&world.clerk), case, fixture!("orientation_1.jpg")).await.expect("taken");
        for _ in 0..2 {
            world.desk.set_kind(&world.handler, view.id, AttachmentKind::Receipt).await.expect("changed");
        }
        let case = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!(case.pictures[0].kind, AttachmentKind::Receipt);
        let changes = case.timeline.iter().filter(|e| matches!(e.what, EventKind::AttachmentKindSet { .. })).count();
        assert_eq!((changes, case.version), (1, 3));
    }

    async fn only_those_who_see_the_case_see_its_pictures(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let stranger = &world.other_clerk;
        let view = take(&world, Sender::Staff(&world.clerk), case, fixture!("orientation_1.jpg")).await.expect("taken");
        let not_found = Some(AppError::NotFound);
        assert_eq!(world.desk.pictures(stranger, case).await.err(), not_found);
        assert_eq!(world.desk.picture_file(stranger, view.id, Size::Small).await.err(), not_found);
        assert_eq!(world.desk.set_kind(stranger, view.id, AttachmentKind::Item).await.err(), not_found);
        assert_eq!(world.desk.remove_picture(stranger, view.id).await.err(), not_found);
        assert_eq!(world.desk.upload_link(stranger, case).await.err(), not_found);
        let sent = take(&world, Sender::Staff(stranger), case, fixture!("orientation_2.jpg")).await;
        assert_eq!(sent, Err(TakeError::Failed(AppError::NotFound)));
        assert!(world.desk.picture_file(&world.handler, view.id, Size::Large).await.is_ok());

        // A draft is its owner's alone.
        let draft: CaseId = world.desk.random.id();
        let view = take(&world, Sender::Staff(&world.clerk), draft, fixture!("orientation_3.jpg")).await.expect("taken");
        assert_eq!(world.desk.pictures(&world.handler, draft).await.err(), not_found);
        assert_eq!(world.desk.picture_file(&world.handler, view.id, Size::Small).await.err(), not_found);
        assert_eq!(world.desk.pictures(&world.clerk, draft).await.map(|all| all.len()), Ok(1));
    }

    async fn a_case_holds_so_many_and_no_more(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let copies = (0..limits::PER_CASE).map(|i| {
            let id: domain::id::AttachmentId = world.desk.random.id();
            (id, format!("{i}"))
        }).collect::<Vec<_>>();
        let now = world.desk.clock.now_ms();
        world.desk.db.write(move |tx| async move {
            for (id, sha256) in copies {
                let attachment = attachments::Attachment {
                    id, case, kind: AttachmentKind::Item, pdf: true, width: 0, height: 0, bytes: 1, taken_at: now,
                    received_at: now, staff: None, link: None, removed: false,
                };
                attachments::insert(tx, &attachments::NewAttachment { attachment, sha256 }).await?;
            }
            Ok(())
        }.boxed()).await.expect("written");
        let answer = take(&world, Sender::Staff(&world.clerk), case, fixture!("orientation_1.jpg")).await;
        assert_eq!(answer, Err(TakeError::Refused(Refusal::TooMany)));
    }

    async fn fifty_at_once_keep_the_service_answering(world: World) {
        let (case, number) = registered(&world, &[]).await;
        let photo = {
            let mut photo = RgbImage::new(1600, 1200);
            for (x, y, pixel) in photo.enumerate_pixels_mut() {
                pixel.0 = [(x * 7 % 251) as u8, (y * 5 % 241) as u8, ((x ^ y) % 239) as u8];
            }
            let mut bytes = Vec::new();
            image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&photo).expect("encodes");
            bytes
        };
        let before = memory();
        let world = Arc::new(world);
        // Each a task of its own: a future that is not polled would hold its connection.
        let sends = (0..50_u8).map(|i| {
            // A trailing byte makes each another file.
            let bytes: Vec<u8> = photo.iter().copied().chain([i]).collect();
            let world = world.clone();
            tokio::spawn(async move { take(&world, Sender::Staff(&world.clerk), case, &bytes).await })
        });
        let mut sends = std::pin::pin!(futures::future::join_all(sends));
        let mut slowest = Duration::ZERO;
        let answers = loop {
            tokio::select! {
                answers = &mut sends => break answers,
                () = tokio::time::sleep(Duration::from_millis(20)) => {
                    let asked = Instant::now();
                    world.desk.case(&world.clerk, number).await.expect("answers");
                    slowest = slowest.max(asked.elapsed());
                }
            }
        };
        assert!(answers.iter().all(|answer| matches!(answer, Ok(Ok(_)))), "{answers:?}");
        assert_eq!(world.desk.pictures(&world.clerk, case).await.map(|all| all.len()), Ok(50));
        assert!(slowest < Duration::from_secs(5), "a page took {slowest:?}");
        // Fifty decoded pictures would need 290 MB.
        assert!(memory().saturating_sub(before) < 200_000, "{} kB more", memory() - before);
    }

    async fn what_a_crash_cut_off_is_tidied_away(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let view = take(&world, Sender::Staff(&world.clerk), case, fixture!("orientation_1.jpg")).await.expect("taken");
        // One that was cut off before its row, with files on the shelf already; one after.
        let incoming = world.folder.path().join("incoming");
        let lost: domain::id::AttachmentId = world.desk.random.id();
        std::fs::create_dir_all(world.folder.path().join("files").join(lost.to_string())).expect("a folder");
        std::fs::write(world.folder.path().join("files").join(lost.to_string()).join("large.jpg"), b"x").expect("writes");
        for id in [lost, view.id] {
            std::fs::write(incoming.join(id.to_string()), b"x").expect("writes");
        }
        assert_eq!(world.desk.tidy_leftovers().await.expect("tidies"), 2);
        assert_eq!(world.desk.files.bytes(lost, Size::Large).await.expect("readable"), None);
        assert!(!kept(&world, &view, Size::Large).await.is_empty());
        assert_eq!(world.desk.tidy_leftovers().await.expect("tidies"), 0);

        // Pictures that neither a case nor a draft has claimed in 30 days.
        let stray: CaseId = world.desk.random.id();
        let view = take(&world, Sender::Staff(&world.clerk), stray, fixture!("orientation_2.jpg")).await.expect("taken");
        assert_eq!(world.desk.tidy_strays().await.expect("tidies"), 0);
        world.clock.advance_ms(31 * 24 * 60 * 60 * 1000);
        assert_eq!(world.desk.tidy_strays().await.expect("tidies"), 1);
        assert_eq!(world.desk.files.bytes(view.id, Size::Small).await.expect("readable"), None);
        assert_eq!(world.desk.pictures(&world.clerk, case).await.map(|all| all.len()), Ok(1));
    }
}

/// Resident memory in kB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("is told");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
