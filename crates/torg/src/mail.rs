//! Mail as the operator has set it up: who sends, which way out, and what is done by itself.

use std::sync::Arc;

use jiff::civil::Weekday;
use torg_db::Database;
use torg_jobs::{Handlers, Rule, Schedule};
use torg_kernel::{Clock, Ids};
use torg_notify::{
    FolderTransport, KeepDays, MailAddress, Sender, SenderOptions, Sending, SmtpSettings,
    SmtpTransport, Tls, Transport, purge_mail, read_bounces,
};
use torg_subscriptions::SubscriptionSettings;

use crate::config::{Config, ConfigError};

/// How often the folder with delivery reports is looked into, in seconds.
const LOOK_FOR_BOUNCES: i64 = 60;

/// The host in a whole address, without port.
fn host(base_url: &str) -> &str {
    let rest = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    let rest = rest.split('/').next().unwrap_or_default();
    match rest.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => rest,
    }
}

fn days(config: &Config, name: &str) -> Result<i64, ConfigError> {
    Ok(i64::try_from(config.number(name)?.clamp(1, 3_650)).unwrap_or(1))
}

/// Whom mail comes from.
///
/// # Errors
/// When an address is none.
pub fn sending(config: &Config, base_url: &str) -> Result<Sending, ConfigError> {
    let address = |name: &'static str| match config.text(name) {
        "" => Ok(None),
        text => MailAddress::own(text)
            .map(Some)
            .ok_or_else(|| config.wrong(name, "a mail address")),
    };
    let from = match address("mail_from")? {
        Some(from) => from,
        None => MailAddress::own(&format!("no-reply@{}", host(base_url)))
            .or_else(|| MailAddress::own("no-reply@localhost"))
            .ok_or_else(|| config.wrong("mail_from", "a mail address"))?,
    };
    Ok(Sending {
        name: config.text("city").to_owned(),
        from,
        reply_to: address("mail_reply_to")?,
        bounces: address("mail_bounce_address")?,
    })
}

/// The way out: a folder, or an SMTP server when one is named.
///
/// # Errors
/// When a setting is no good.
pub fn transport(config: &Config, base_url: &str) -> Result<Arc<dyn Transport>, ConfigError> {
    let server = config.text("mail_smtp");
    if server.is_empty() {
        return Ok(Arc::new(FolderTransport::new(config.data().join("mail"))));
    }
    let wrong = || config.wrong("mail_smtp", "HOST:PORT, such as mail.example:587");
    let (name, port) = server.rsplit_once(':').ok_or_else(wrong)?;
    let tls = Tls::parse(config.text("mail_smtp_tls"))
        .ok_or_else(|| config.wrong("mail_smtp_tls", "starttls, tls or none"))?;
    let authority = match config.text("mail_smtp_authority") {
        "" => None,
        path => Some(
            std::fs::read(path)
                .map_err(|_| config.wrong("mail_smtp_authority", "a file that can be read"))?,
        ),
    };
    let user = config.text("mail_smtp_user");
    let settings = SmtpSettings {
        host: name.trim_matches(['[', ']']).to_owned(),
        port: port.parse().map_err(|_| wrong())?,
        tls,
        login: (!user.is_empty()).then(|| {
            (
                user.to_owned(),
                config.text("mail_smtp_password").to_owned(),
            )
        }),
        hello: host(base_url).to_owned(),
        authority,
    };
    let transport = SmtpTransport::new(settings)
        .map_err(|_| config.wrong("mail_smtp", "a server to which TLS can be set up"))?;
    Ok(Arc::new(transport))
}

/// The sender of a node.
///
/// # Errors
/// When a setting is no good.
pub fn sender(
    config: &Config,
    base_url: &str,
    database: Database,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
) -> Result<Sender, ConfigError> {
    let connections = config.number("mail_connections")?.clamp(1, 32);
    let hours = config.number("mail_give_up_hours")?.clamp(1, 8_760);
    let options = SenderOptions {
        connections: usize::try_from(connections).unwrap_or(1),
        give_up_hours: i64::try_from(hours).unwrap_or(72),
        ..SenderOptions::default()
    };
    let transport = transport(config, base_url)?;
    let sending = sending(config, base_url)?;
    Ok(Sender::new(
        database, transport, sending, clock, ids, options,
    ))
}

/// Subscriptions as the city has set them.
///
/// # Errors
/// When a setting is no good.
pub fn subscriptions(config: &Config, base_url: &str) -> Result<SubscriptionSettings, ConfigError> {
    let hour = config.number("digest_hour")?;
    let weekday = config.number("digest_weekday")?;
    let day = i8::try_from(weekday)
        .ok()
        .and_then(|day| Weekday::from_monday_one_offset(day).ok());
    Ok(SubscriptionSettings {
        city: config.text("city").to_owned(),
        base_url: base_url.to_owned(),
        unconfirmed_days: days(config, "subscription_unconfirmed_days")?,
        hour: i8::try_from(hour)
            .ok()
            .filter(|hour| *hour < 24)
            .ok_or_else(|| config.wrong("digest_hour", "an hour from 0 to 23"))?,
        weekday: day
            .ok_or_else(|| config.wrong("digest_weekday", "1 for Monday to 7 for Sunday"))?,
        bounces: u32::try_from(days(config, "mail_bounces")?).unwrap_or(3),
        weeding_decision: match config.text("subscription_weeding_decision").trim() {
            "" => {
                return Err(config.wrong(
                    "subscription_weeding_decision",
                    "the number or name of a decision",
                ));
            }
            decision => decision.to_owned(),
        },
        ..SubscriptionSettings::default()
    })
}

/// What is done by itself: delivery reports are read each minute, old mail is weeded each night.
///
/// # Errors
/// When a setting is no good.
///
/// # Panics
/// Never: the time of day is written here.
pub fn handlers(config: &Config) -> Result<Handlers, ConfigError> {
    let folder = config.data().join("mail").join("bounces");
    let keep = KeepDays {
        sent: days(config, "mail_keep_days")?,
        ..KeepDays::default()
    };
    let night = Rule::Daily {
        at: jiff::civil::time(2, 40, 0, 0),
    };
    let look = Rule::Every {
        seconds: LOOK_FOR_BOUNCES,
    };
    Ok(Handlers::new()
        .on("read_bounces", move |job| {
            let folder = folder.clone();
            async move {
                let counts = read_bounces(&job.database, &folder, job.clock.now()).await?;
                if counts.files > 0 {
                    tracing::info!(
                        files = counts.files,
                        bounced = counts.bounced,
                        other = counts.other,
                        "delivery reports are read"
                    );
                }
                Ok(())
            }
        })
        .on("purge_mail", move |job| async move {
            let now = job.clock.now();
            job.database
                .write(move |context| Box::pin(async move { purge_mail(context, keep, now).await }))
                .await?;
            Ok(())
        })
        .schedule(Schedule::new("read_bounces", look))
        .schedule(Schedule::new("purge_mail", night)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(settings: &[(&str, &str)]) -> Config {
        let environment = settings
            .iter()
            .map(|(name, value)| (format!("TORG_{}", name.to_uppercase()), (*value).to_owned()));
        Config::load(None, environment, &[]).expect("settings")
    }

    #[test]
    fn defaults_send_to_nobody() {
        let config = config(&[]);
        let sending = sending(&config, "https://stad.example:8443/x").expect("a sender");
        assert_eq!(sending.from.to_string(), "no-reply@stad.example");
        let local = super::sending(&config, "http://127.0.0.1:8080").expect("a sender");
        assert_eq!(local.from.to_string(), "no-reply@localhost");
        assert!(transport(&config, "http://127.0.0.1:8080").is_ok());
        assert!(handlers(&config).is_ok());
        assert!(subscriptions(&config, "x").is_ok_and(|own| own.hour == 7 && own.bounces == 3));
    }

    #[test]
    fn a_wrong_setting_is_named() {
        for (name, value) in [
            ("mail_from", "nobody"),
            ("mail_smtp", "mail.example"),
            ("mail_smtp", "mail.example:x"),
            ("mail_give_up_hours", "soon"),
        ] {
            let config = config(&[(name, value)]);
            let said = super::sending(&config, "http://a.example")
                .map(|_| ())
                .and_then(|()| transport(&config, "http://a.example").map(|_| ()))
                .and_then(|()| config.number("mail_give_up_hours").map(|_| ()))
                .expect_err(name)
                .to_string();
            assert!(said.contains(name) && said.contains(value), "{said}");
        }
        for (name, value) in [
            ("digest_hour", "24"),
            ("digest_weekday", "0"),
            ("subscription_weeding_decision", " "),
        ] {
            let config = config(&[(name, value)]);
            assert!(subscriptions(&config, "x").is_err(), "{name}");
        }
    }
}
