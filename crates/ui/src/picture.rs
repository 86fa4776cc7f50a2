//! Pictures and files of the media bank, as pages show them.

use std::fmt::Write as _;

use crate::{Html, T, push_escaped};

/// A format of a picture with its sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureSource {
    /// The media type, such as `image/webp`.
    pub mime: &'static str,
    /// Address and width in pixels, from the smallest.
    pub sizes: Vec<(String, u32)>,
}

/// A picture of the media bank, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureView {
    /// The formats, the one to be preferred first; the last is one that every browser takes.
    pub sources: Vec<PictureSource>,
    /// For whoever takes one address only: mail, feeds, cards of links.
    pub src: String,
    /// Width of the largest size in pixels; with the height it keeps the place free while the
    /// picture is on its way.
    pub width: u32,
    /// Height of the largest size in pixels.
    pub height: u32,
    /// What it shows; empty for a decoration.
    pub alt: String,
    /// Who took or drew it; may be empty.
    pub credit: String,
    /// What must be seen when it is cut: percent from the left and from the top.
    pub focus: (u8, u8),
}

impl PictureView {
    /// The classes that keep the focal point in sight when the box cuts the picture. Steps of ten
    /// percent: the policy for content forbids styles in the page itself.
    #[must_use]
    pub fn focus_classes(&self) -> String {
        let step = |percent: u8| (percent.min(100) + 5) / 10;
        format!("fx{} fy{}", step(self.focus.0), step(self.focus.1))
    }

    /// The picture as HTML. `sizes` tells the browser how wide it will be shown, as in the attribute
    /// of that name; a picture that is seen at once (`eager`) is fetched first, others when they
    /// come near.
    #[must_use]
    pub fn html(&self, sizes: &str, eager: bool) -> Html {
        let mut html = String::with_capacity(1_024);
        html.push_str("<picture>");
        let Some((last, better)) = self.sources.split_last() else {
            return Html::default();
        };
        for source in better {
            let _ = write!(html, "<source type=\"{}\" srcset=\"", source.mime);
            push_sizes(&mut html, source);
            html.push_str("\" sizes=\"");
            push_escaped(&mut html, sizes);
            html.push_str("\">");
        }
        html.push_str("<img src=\"");
        push_escaped(&mut html, &self.src);
        html.push_str("\" srcset=\"");
        push_sizes(&mut html, last);
        html.push_str("\" sizes=\"");
        push_escaped(&mut html, sizes);
        let _ = write!(
            html,
            "\" width=\"{}\" height=\"{}\" class=\"{}\" alt=\"",
            self.width,
            self.height,
            self.focus_classes()
        );
        push_escaped(&mut html, &self.alt);
        html.push_str(if eager {
            "\" fetchpriority=\"high\">"
        } else {
            "\" loading=\"lazy\" decoding=\"async\">"
        });
        html.push_str("</picture>");
        Html::trusted(html)
    }
}

fn push_sizes(html: &mut String, source: &PictureSource) {
    for (at, (href, width)) in source.sizes.iter().enumerate() {
        if at > 0 {
            html.push_str(", ");
        }
        push_escaped(html, href);
        let _ = write!(html, " {width}w");
    }
}

/// A file to take home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileView {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Its kind as people know it, such as `PDF`.
    pub kind: &'static str,
    /// How many bytes it has.
    pub bytes: u64,
}

impl FileView {
    /// Kind and size in words: "PDF, 1,2 MB".
    #[must_use]
    pub fn note(&self, t: T) -> String {
        format!("{}, {}", self.kind, file_size(t, self.bytes))
    }
}

/// A file's size in words: kB up to a megabyte, then MB with a decimal.
#[must_use]
pub fn file_size(t: T, bytes: u64) -> String {
    let tenths = |unit: u64| (bytes.saturating_mul(10) + unit / 2) / unit;
    if bytes < 999_500 {
        format!("{} kB", bytes.div_ceil(1_000))
    } else {
        let tenths = i64::try_from(tenths(1_000_000)).unwrap_or(i64::MAX);
        format!("{} MB", crate::decimal(t, tenths, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::{Html as Page, Selector};

    fn view() -> PictureView {
        let source = |mime, ending: &str| PictureSource {
            mime,
            sizes: [320, 640]
                .map(|width| (format!("/media/a/{width}.{ending}?v=1"), width))
                .to_vec(),
        };
        PictureView {
            sources: vec![source("image/webp", "webp"), source("image/jpeg", "jpg")],
            src: "/media/a/640.jpg?v=1".to_owned(),
            width: 640,
            height: 480,
            alt: "En \"brygga\" <b>".to_owned(),
            credit: String::new(),
            focus: (0, 96),
        }
    }

    #[test]
    fn a_picture_offers_its_formats_and_keeps_its_place() {
        let html = view().html("(min-width: 40rem) 640px, 100vw", false);
        let page = Page::parse_fragment(html.as_str());
        let one = |css: &str| page.select(&Selector::parse(css).unwrap()).next().unwrap();
        assert_eq!(
            one("picture > source[type='image/webp']").attr("srcset"),
            Some("/media/a/320.webp?v=1 320w, /media/a/640.webp?v=1 640w")
        );
        let img = one("picture > img[loading=lazy]");
        assert_eq!(img.attr("alt"), Some("En \"brygga\" <b>"));
        assert_eq!(
            (img.attr("width"), img.attr("height")),
            (Some("640"), Some("480"))
        );
        assert_eq!(img.attr("class"), Some("fx0 fy10"));
        assert!(
            view()
                .html("100vw", true)
                .as_str()
                .contains("fetchpriority")
        );
        let none = PictureView {
            sources: Vec::new(),
            ..view()
        };
        assert!(none.html("100vw", false).is_empty());
    }

    #[test]
    fn sizes_are_said_in_the_language() {
        assert_eq!(file_size(T::SV, 1), "1 kB");
        assert_eq!(file_size(T::SV, 412_300), "413 kB");
        assert_eq!(file_size(T::SV, 1_250_000), "1,3 MB");
        assert_eq!(file_size(T::EN, 52_400_000), "52.4 MB");
    }
}
