//! Attachments: pictures and files of a WordPress site.

/// One attachment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Medium {
    /// Address of its file.
    pub(crate) file: String,
    /// What it shows; none where nobody said.
    pub(crate) alt: Option<String>,
    /// Its caption.
    pub(crate) caption: String,
    /// What it is called.
    pub(crate) title: String,
}

impl Medium {
    /// The picture as HTML.
    pub(crate) fn figure(&self) -> String {
        let alt = match &self.alt {
            Some(alt) => format!(" alt=\"{}\"", escape(alt)),
            None => String::new(),
        };
        format!(
            "<figure><img src=\"{}\"{alt}><figcaption>{}</figcaption></figure>",
            escape(&self.file),
            escape(&self.caption)
        )
    }
}

/// Text as it stands in an attribute or between tags.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
