//! An organisation's colour in the place of ours, as light or as dark as can be read.

/// What a text needs against its ground (WCAG 1.4.3), and a little more for what rounding takes.
const CONTRAST: f32 = 4.6;
/// The lightest and the darkest ground that an accent stands on: `--paper` by day, `--card` by night.
const DAY: Colour = Colour([0xf5, 0xf6, 0xf4]);
const NIGHT: Colour = Colour([0x1d, 0x21, 0x25]);
const WHITE: Colour = Colour([255; 3]);
const BLACK: Colour = Colour([0; 3]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Colour([u8; 3]);

impl Colour {
    /// `#rrggbb`
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let packed = u32::from_str_radix(digits, 16).ok()?;
        let [_, rgb @ ..] = packed.to_be_bytes();
        Some(Self(rgb))
    }

    /// Relative luminance, with the curve of sRGB as a polynomial that is off by less than 0.004.
    fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            c * (c * (c * 0.305_306_01 + 0.682_171_1) + 0.012_522_878)
        };
        let [r, g, b] = self.0;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Moved towards white or black, step by step, until it can be read on that ground.
    fn readable_on(self, ground: Self, towards: Self) -> Self {
        let mixed = |step: u16| {
            let mix = |from: u8, to: u8| (u16::from(from) * (32 - step) + u16::from(to) * step) / 32;
            let [r, g, b] = [0, 1, 2].map(|i| u8::try_from(mix(self.0[i], towards.0[i])).unwrap_or(u8::MAX));
            Self([r, g, b])
        };
        (0..32).map(mixed).find(|colour| colour.contrast(ground) >= CONTRAST).unwrap_or(towards)
    }

    /// The colour of words that stand on it.
    fn ink(self) -> Self {
        if self.contrast(WHITE) >= CONTRAST { WHITE } else { BLACK }
    }

    fn hex(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// The value of a `style` attribute that gives everything within that accent; `None` for the house's own.
pub fn accent_style(accent: &str) -> Option<String> {
    let colour = Colour::parse(accent)?;
    let (day, night) = (colour.readable_on(DAY, BLACK), colour.readable_on(NIGHT, WHITE));
    let both = |day: Colour, night: Colour| format!("light-dark({}, {})", day.hex(), night.hex());
    Some(format!(
        "--accent: {}; --accent-ink: {}; --accent-soft: color-mix(in oklab, var(--accent) 13%, var(--card))",
        both(day, night),
        both(day.ink(), night.ink()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_can_be_read() {
        for channels in 0..=0xfff_u32 {
            let [r, g, b] = [8, 4, 0].map(|shift| u8::try_from((channels >> shift) & 0xf).expect("a digit") * 0x11);
            let colour = Colour([r, g, b]);
            let (day, night) = (colour.readable_on(DAY, BLACK), colour.readable_on(NIGHT, WHITE));
            assert!(day.contrast(DAY) >= 4.5, "{day:?}");
            assert!(night.contrast(NIGHT) >= 4.5, "{night:?}");
            assert!(day.contrast(day.ink()) >= 4.5 && night.contrast(night.ink()) >= 4.5, "{colour:?}");
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_what_it_is() {
        let style = accent_style("#0b57d0").expect("a colour");
        assert!(style.starts_with("--accent: light-dark(#0b57d0, "), "{style}");
        for wrong in ["", "red", "#12345", "#12345g", "#1234567", "#fff; color: red"] {
            assert_eq!(accent_style(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_what_others_measure() {
        let close = |a: f32, b: f32| (a - b).abs() < 0.1;
        assert!(close(BLACK.contrast(WHITE), 21.0));
        assert!(close(Colour([0x76; 3]).contrast(WHITE), 4.54));
    }
}
