//! Pictures, boxes, accordions, films, downloads and e-services as HTML.

use torg_kernel::{Block, BlockContent, Fold, Inline, LinkTarget};

use super::Writer;
use crate::inline::{goal, push_anchor};
use crate::{PictureView, icon::push_icon, push_escaped, safe_href};

/// How wide a picture in the text is shown: the text's own width at most.
const IN_TEXT: &str = "(min-width: 48rem) 42rem, 100vw";

impl Writer<'_> {
    pub(super) fn rich(&mut self, out: &mut String, content: &BlockContent) {
        match content {
            BlockContent::Picture {
                picture,
                alt,
                caption,
            } => {
                if let Some(mut view) = self.resolver.picture(*picture) {
                    if let Some(alt) = alt {
                        view.alt.clone_from(alt);
                    }
                    self.picture(out, &view, alt.is_some(), caption);
                }
            }
            BlockContent::Box { title, blocks } => self.fact_box(out, title, blocks),
            BlockContent::Accordion { folds } => self.accordion(out, folds),
            BlockContent::Video {
                url,
                title,
                sign_language,
                text,
            } => self.video(out, (url, title), *sign_language, text),
            BlockContent::Download { file, title } => {
                if let Some(view) = self.resolver.file(*file) {
                    out.push_str("<p class=\"download\"><a href=\"");
                    push_escaped(out, &view.href);
                    out.push_str("\" download>");
                    push_icon(out, "download");
                    push_escaped(out, if title.is_empty() { &view.title } else { title });
                    out.push_str("</a> <span class=\"quiet\">(");
                    out.push_str(self.t.mark(view.note(self.t)).as_str());
                    out.push_str(")</span></p>");
                }
            }
            BlockContent::Service {
                label,
                target,
                note,
            } => self.service(out, label, target, note),
            BlockContent::Anchor { name } => {
                let id = self.unique_id(name);
                out.push_str("<span class=\"anchor\" id=\"");
                out.push_str(&id);
                out.push_str("\"></span>");
            }
            _ => {}
        }
    }

    /// What the media bank says of a picture is in the language of the interface; what the page
    /// says of it is in its own.
    fn picture(&self, out: &mut String, view: &PictureView, own: bool, caption: &[Inline]) {
        out.push_str("<figure class=\"picture\"");
        if !own {
            out.push_str(self.t.lang().as_str());
        }
        out.push('>');
        out.push_str(view.html(IN_TEXT, false).as_str());
        if !caption.is_empty() || !view.credit.is_empty() {
            out.push_str("<figcaption");
            if !own {
                out.push_str(self.t.page_lang().as_str());
            }
            out.push('>');
            self.inlines(out, caption);
            if !view.credit.is_empty() {
                out.push_str(" <span class=\"credit\">");
                out.push_str(self.t.mark(&view.credit).as_str());
                out.push_str("</span>");
            }
            out.push_str("</figcaption>");
        }
        out.push_str("</figure>");
    }

    /// What lies in a block keeps its headings out of the table of contents: they are no places
    /// that the page itself is divided by.
    fn inner(&mut self, out: &mut String, level: u8, blocks: &[Block]) {
        let (outer, floor, lines) = (self.level, self.floor, self.toc.len());
        self.level = level;
        self.floor = (level + 1).min(4);
        for block in blocks {
            self.block(out, &block.content);
        }
        self.toc.truncate(lines);
        self.level = outer;
        self.floor = floor;
    }

    fn fact_box(&mut self, out: &mut String, title: &str, blocks: &[Block]) {
        let level = (self.level + 1).min(4);
        let id = self.unique_id(title);
        let digit = char::from(b'0' + level);
        out.push_str("<section class=\"fact-box\" aria-labelledby=\"");
        out.push_str(&id);
        out.push_str("\"><h");
        out.push(digit);
        out.push_str(" id=\"");
        out.push_str(&id);
        out.push_str("\">");
        push_escaped(out, title);
        out.push_str("</h");
        out.push(digit);
        out.push_str(">\n");
        self.inner(out, level, blocks);
        out.push_str("</section>");
    }

    fn accordion(&mut self, out: &mut String, folds: &[Fold]) {
        let level = (self.level + 1).min(4);
        let digit = char::from(b'0' + level);
        out.push_str("<div class=\"folds\">");
        for fold in folds {
            let id = self.unique_id(&fold.title);
            out.push_str("<details id=\"");
            out.push_str(&id);
            out.push_str("\"><summary><h");
            out.push(digit);
            out.push('>');
            push_escaped(out, &fold.title);
            out.push_str("</h");
            out.push(digit);
            out.push_str("></summary>\n<div>");
            self.inner(out, level, &fold.blocks);
            out.push_str("</div></details>\n");
        }
        out.push_str("</div>");
    }

    /// A link, never a frame: whose film it is learns of the reader when the reader wants to see it.
    fn video(
        &self,
        out: &mut String,
        (url, title): (&str, &str),
        sign_language: bool,
        text: &[Inline],
    ) {
        if !safe_href(url) {
            return;
        }
        out.push_str("<figure class=\"video\"><a href=\"");
        push_escaped(out, url);
        out.push_str("\" rel=\"noreferrer\">");
        push_icon(out, if sign_language { "hand" } else { "play" });
        out.push_str("<b>");
        push_escaped(out, title);
        out.push_str("</b> <span>");
        let host = url
            .split_once("://")
            .map_or(url, |(_, rest)| rest)
            .split(['/', '?', '#', ':'])
            .next()
            .unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        let key = if sign_language {
            "video-sign-language"
        } else {
            "video-elsewhere"
        };
        out.push_str(self.t.mark(self.t.one(key, "host", host)).as_str());
        out.push_str("</span></a>");
        if !text.is_empty() {
            out.push_str("<figcaption>");
            self.inlines(out, text);
            out.push_str("</figcaption>");
        }
        out.push_str("</figure>");
    }

    fn service(&self, out: &mut String, label: &str, target: &LinkTarget, note: &str) {
        let Some(link) = goal(target, self.resolver) else {
            return;
        };
        out.push_str("<p class=\"service\">");
        push_anchor(out, &link);
        out.push_str(" class=\"ds-button\" data-variant=\"secondary\">");
        push_escaped(out, label);
        push_icon(out, "square-arrow-out-up-right");
        out.push_str("</a>");
        if !note.is_empty() {
            out.push_str(" <span class=\"quiet\">");
            push_escaped(out, note);
            out.push_str("</span>");
        }
        out.push_str("</p>");
    }
}
