//! The mails: what is written in them, as text and as HTML.

use askama::Template;
use torg_kernel::{Locale, Result, civil_date, truncate_words};
use torg_notify::{MailContent, mark};
use torg_ui::T;

use crate::model::{Noted, Wish};
use crate::publications::Topic;
use crate::service::SubscriptionSettings;
use crate::web::Place;

/// The mark at which a mail's own secret is filled in.
pub(crate) const KEY: &str = "key";
/// The most news in one mail.
const MOST_NEWS: usize = 50;
/// Characters of a summary that are shown.
const SUMMARY: usize = 300;

fn address(settings: &SubscriptionSettings, place: Place, locale: Locale) -> String {
    let path = place.path(locale);
    format!("{}{path}?key={}", settings.base_url, mark(KEY))
}

#[derive(Template)]
#[template(path = "confirmation.txt")]
struct ConfirmationText<'a> {
    t: T,
    city: &'a str,
    topics: &'a [String],
    rhythm: &'a str,
    link: &'a str,
    days: i64,
}

#[derive(Template)]
#[template(path = "confirmation.html", whitespace = "minimize")]
struct ConfirmationHtml<'a> {
    t: T,
    city: &'a str,
    topics: &'a [String],
    rhythm: &'a str,
    link: &'a str,
    days: i64,
}

/// The key of a rhythm's name.
pub(crate) fn rhythm_key(rhythm: crate::Rhythm) -> &'static str {
    match rhythm {
        crate::Rhythm::AtOnce => "subscribe-rhythm-at-once",
        crate::Rhythm::Daily => "subscribe-rhythm-daily",
        crate::Rhythm::Weekly => "subscribe-rhythm-weekly",
    }
}

/// The names of topics for readers of a language; those that are gone are left out.
pub(crate) fn names(keys: &[String], topics: &[Topic], locale: Locale) -> Vec<String> {
    topics
        .iter()
        .filter(|topic| keys.contains(&topic.key))
        .map(|topic| topic.name(locale).to_owned())
        .collect()
}

/// The mail that asks whether a wish is the receiver's own.
pub(crate) fn confirmation(
    settings: &SubscriptionSettings,
    wish: &Wish,
    topics: &[Topic],
) -> Result<MailContent> {
    let locale = wish.locale;
    let t = T::of(locale);
    let names = names(&wish.topics, topics, locale);
    let link = address(settings, Place::Confirm, locale);
    let rhythm = t.get(rhythm_key(wish.rhythm));
    let (city, days) = (settings.city.as_str(), settings.unconfirmed_days);
    let text = ConfirmationText {
        t,
        city,
        topics: &names,
        rhythm: &rhythm,
        link: &link,
        days,
    };
    let html = ConfirmationHtml {
        t,
        city,
        topics: &names,
        rhythm: &rhythm,
        link: &link,
        days,
    };
    Ok(MailContent {
        locale,
        subject: t.one("subscribe-mail-confirm-subject", "city", city),
        text: text.render()?,
        html: Some(html.render()?),
        one_click: None,
    })
}

/// One piece of news in a digest.
struct Line {
    title: String,
    url: String,
    summary: String,
    topic: String,
    date: String,
    lang: String,
    dir: &'static str,
}

#[derive(Template)]
#[template(path = "digest.txt")]
struct DigestText<'a> {
    t: T,
    city: &'a str,
    lines: &'a [Line],
    more: usize,
    home: &'a str,
    manage: &'a str,
    end: &'a str,
}

#[derive(Template)]
#[template(path = "digest.html", whitespace = "minimize")]
struct DigestHtml<'a> {
    t: T,
    city: &'a str,
    title: &'a str,
    lines: &'a [Line],
    more: usize,
    home: &'a str,
    manage: &'a str,
    end: &'a str,
}

fn line(
    settings: &SubscriptionSettings,
    item: &Noted,
    topics: &[Topic],
    locale: Locale,
) -> Option<Line> {
    let version = item.version(locale)?;
    let topic = item
        .topics
        .iter()
        .find_map(|key| topics.iter().find(|topic| topic.key == *key));
    Some(Line {
        title: version.title.clone(),
        url: format!("{}{}", settings.base_url, version.path),
        summary: truncate_words(&version.summary, SUMMARY),
        topic: topic
            .map(|topic| topic.name(locale).to_owned())
            .unwrap_or_default(),
        date: torg_ui::date(T::of(locale), civil_date(item.published_at)),
        lang: version.locale.to_string(),
        dir: if version.locale.is_rtl() {
            "rtl"
        } else {
            "ltr"
        },
    })
}

/// The mail with what is new.
pub(crate) fn digest(
    settings: &SubscriptionSettings,
    news: &[&Noted],
    topics: &[Topic],
    locale: Locale,
) -> Result<MailContent> {
    let t = T::of(locale);
    let lines: Vec<Line> = news
        .iter()
        .take(MOST_NEWS)
        .filter_map(|item| line(settings, item, topics, locale))
        .collect();
    let city = settings.city.as_str();
    let first = lines.first().map_or("", |line| line.title.as_str());
    let subject = if news.len() < 2 {
        first.to_owned()
    } else {
        let others = news.len() - 1;
        t.two(
            "subscribe-mail-subject-more",
            "title",
            first,
            "count",
            others,
        )
    };
    let more = news.len().saturating_sub(lines.len());
    let manage = address(settings, Place::Manage, locale);
    let end = address(settings, Place::End, locale);
    let home = format!(
        "{}{}",
        settings.base_url,
        if locale == Locale::EN { "/en" } else { "/" }
    );
    let text = DigestText {
        t,
        city,
        lines: &lines,
        more,
        home: &home,
        manage: &manage,
        end: &end,
    };
    let html = DigestHtml {
        t,
        city,
        title: &subject,
        lines: &lines,
        more,
        home: &home,
        manage: &manage,
        end: &end,
    };
    Ok(MailContent {
        locale,
        text: text.render()?,
        html: Some(html.render()?),
        one_click: Some(end.clone()),
        subject,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publications::{ItemVersion, TopicGroup};
    use scraper::{Html, Selector};
    use torg_kernel::Timestamp;

    fn settings() -> SubscriptionSettings {
        SubscriptionSettings {
            city: "Göteborgs Stad".to_owned(),
            base_url: "https://stad.example".to_owned(),
            ..SubscriptionSettings::default()
        }
    }

    fn version(locale: &str, title: &str) -> ItemVersion {
        ItemVersion {
            locale: locale.parse().expect("a language"),
            title: title.to_owned(),
            summary: "Om <badet> & annat".to_owned(),
            path: format!("/{locale}/bad"),
        }
    }

    fn noted(versions: Vec<ItemVersion>) -> Noted {
        Noted {
            number: 1,
            subject_kind: "page".to_owned(),
            subject_id: uuid::Uuid::nil(),
            topics: vec!["section:a".to_owned()],
            published_at: Timestamp::from_micros(1_772_544_600_000_000),
            versions,
            withdrawn: false,
        }
    }

    fn topics() -> Vec<Topic> {
        vec![Topic {
            key: "section:a".to_owned(),
            group: TopicGroup::Sections,
            names: vec![
                (Locale::SV, "Nyheter".to_owned()),
                (Locale::EN, "News".to_owned()),
            ],
        }]
    }

    #[test]
    fn a_digest_is_in_the_readers_language_and_says_the_same_twice() {
        let swedish = noted(vec![version("sv", "Badet <öppnar>")]);
        let arabic = noted(vec![version("ar", "خبر")]);
        let both = noted(vec![version("sv", "Ny bro"), version("en", "New bridge")]);
        let news = [&swedish, &arabic, &both];
        let mail = digest(&settings(), &news, &topics(), Locale::EN).expect("is drawn");
        assert!(mail.subject.contains("Badet <öppnar>"), "{}", mail.subject);
        assert!(mail.text.contains("New bridge") && !mail.text.contains("Ny bro"));
        assert!(mail.text.contains("https://stad.example/en/bad"));
        let html = mail.html.expect("html");
        let page = Html::parse_document(&html);
        let all = |css: &str| -> Vec<scraper::ElementRef<'_>> {
            let selector = Selector::parse(css).expect("a selector");
            page.select(&selector).collect()
        };
        assert_eq!(all("html[lang=en][dir=ltr]").len(), 1);
        assert_eq!(all("[lang=ar][dir=rtl] a").len(), 1);
        let titles: Vec<String> = all("h2 a").iter().map(|a| a.text().collect()).collect();
        assert_eq!(titles, ["Badet <öppnar>", "خبر", "New bridge"]);
        for link in ["manage", "end"] {
            let place = format!("/en/subscribe/{link}?key=");
            assert!(mail.text.contains(&place), "{link} is missing in the text");
            assert!(html.contains(&place), "{link} is missing in the HTML");
        }
        assert!(
            mail.one_click
                .is_some_and(|url| url.contains("/en/subscribe/end?key="))
        );
        // Nothing is fetched when it is opened.
        assert!(!html.contains("<img") && !html.contains("<script") && !html.contains("url("));
    }

    #[test]
    fn one_piece_of_news_is_its_own_subject() {
        let one = noted(vec![version("sv", "Ny bro")]);
        let mail = digest(&settings(), &[&one], &topics(), Locale::SV).expect("is drawn");
        assert_eq!(mail.subject, "Ny bro");
        let many = vec![&one; 60];
        let mail = digest(&settings(), &many, &topics(), Locale::SV).expect("is drawn");
        assert_eq!(mail.text.matches("Ny bro").count(), 50);
        assert!(mail.text.contains("10"), "it says how many are left out");
    }
}
