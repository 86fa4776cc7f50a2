//! Lucide icons, written into the page: no request, no script, and they take the text's colour.
//! Only the ones listed in `web/icons.txt` are carried.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Html;

static ICONS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("../../../static/icons.txt")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// Appends an icon that screen readers skip; nothing for a name that is not carried.
pub(crate) fn push_icon(out: &mut String, name: &str) {
    if let Some(drawing) = ICONS.get(name) {
        out.push_str("<svg class=\"i\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">");
        out.push_str(drawing);
        out.push_str("</svg>");
    }
}

/// An icon that screen readers skip; empty for a name that is not carried.
#[must_use]
pub fn icon(name: &str) -> Html {
    let mut out = String::new();
    push_icon(&mut out, name);
    Html::trusted(out)
}

/// Every name that is carried, in no order.
pub fn icon_names() -> impl Iterator<Item = &'static str> {
    ICONS.keys().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_shows_nothing() {
        assert!(icon("search").as_str().contains("<circle"));
        assert!(icon("<script>").is_empty());
        assert!(icon_names().count() > 100);
    }
}
