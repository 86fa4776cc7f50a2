//! How PDF is asked for, with programs that behave badly in place of the real one.

use crate::sample;

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use torg_document::{DocumentError, Limits, Printer};

/// A program that is a script.
fn program(folder: &tempfile::TempDir, script: &str) -> PathBuf {
    let path = folder.path().join("torg-documents");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("the script is written");
    let all = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&path, all).expect("it may run");
    path
}

async fn asked(script: &str) -> Result<bytes::Bytes, DocumentError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = program(&folder, script);
    let limits = Limits {
        time: Duration::from_secs(5),
        bytes: 100_000,
        ..Limits::default()
    };
    let printer = Printer::new(path.to_str().expect("a path of letters"), limits);
    printer.pdf(&sample::document()).await
}

#[tokio::test]
async fn without_the_program_it_says_which_command_adds_it() {
    let printer = Printer::new("/nowhere/torg-documents", Limits::default());
    assert!(!printer.is_there());
    let error = printer
        .pdf(&sample::document())
        .await
        .expect_err("there is no program");
    assert!(
        error
            .to_string()
            .contains("cargo build --release -p torg-documents"),
        "{error}"
    );
    let message = error.message();
    assert_eq!(message.key, "document-error-no-program");
    assert_eq!(message.args[0].1, "cargo build --release -p torg-documents");
}

#[tokio::test]
async fn where_nothing_is_said_it_lies_beside_the_program_that_runs() {
    let printer = Printer::new("", Limits::default());
    let own = std::env::current_exe().expect("this test is a program");
    assert_eq!(printer.program().parent(), own.parent());
}

#[tokio::test]
async fn what_the_program_writes_is_given_on() {
    let pdf = asked("cat >/dev/null; printf '%%PDF-1.7 hej'")
        .await
        .expect("a PDF");
    assert_eq!(pdf, b"%PDF-1.7 hej"[..]);
}

#[tokio::test]
async fn a_program_that_hangs_is_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = folder.path().join("pid");
    let path = program(
        &folder,
        &format!("echo $$ > {}; exec sleep 600", told.display()),
    );
    let limits = Limits {
        time: Duration::from_millis(1_500),
        ..Limits::default()
    };
    let printer = Printer::new(path.to_str().expect("a path of letters"), limits);
    let from = Instant::now();
    let error = printer
        .pdf(&sample::document())
        .await
        .expect_err("it hangs");
    assert!(
        matches!(error, DocumentError::TooSlow { seconds: 1 }),
        "{error}"
    );
    assert!(from.elapsed() < Duration::from_secs(5));
    let pid = std::fs::read_to_string(&told).expect("it started");
    let gone = || {
        !std::path::Path::new(&format!("/proc/{}/cmdline", pid.trim())).exists()
            || std::fs::read(format!("/proc/{}/cmdline", pid.trim()))
                .is_ok_and(|words| words.is_empty())
    };
    let until = Instant::now() + Duration::from_secs(5);
    while !gone() && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(gone(), "process {pid} lives on");
}

#[tokio::test]
async fn a_program_that_writes_without_end_is_too_large() {
    let error = asked("printf '%%PDF-'; exec yes")
        .await
        .expect_err("it never ends");
    assert!(matches!(error, DocumentError::TooLarge), "{error}");
}

#[tokio::test]
async fn what_went_wrong_is_told_by_kind() {
    let error = asked("exit 3").await.expect_err("another version");
    assert!(
        matches!(error, DocumentError::OtherVersion { .. }),
        "{error}"
    );
    let error =
        asked("cat >/dev/null; echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$")
            .await
            .expect_err("no memory");
    assert!(matches!(error, DocumentError::TooLarge), "{error}");
    // It ends without reading a word of what it is handed.
    let error = asked("echo 'no such thing' >&2; exit 1")
        .await
        .expect_err("it failed");
    assert!(error.to_string().contains("no such thing"), "{error}");
    // It says that all went well, and wrote something else.
    let error = asked("echo hej").await.expect_err("no PDF");
    assert!(matches!(error, DocumentError::Failed(_)), "{error}");
}

#[tokio::test]
async fn it_gets_nothing_of_our_surroundings() {
    let error = asked("env >&2; exit 1").await.expect_err("it failed");
    assert!(!error.to_string().contains("HOME="), "{error}");
    assert!(error.to_string().contains("RAYON_NUM_THREADS=1"), "{error}");
}

#[tokio::test]
async fn only_so_many_wait_and_the_rest_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = program(&folder, "exec sleep 600");
    let limits = Limits {
        time: Duration::from_millis(800),
        at_once: 1,
        waiting: 1,
        ..Limits::default()
    };
    let printer = Printer::new(path.to_str().expect("a path of letters"), limits);
    let document = sample::document();
    let (one, two, three) = tokio::join!(
        printer.pdf(&document),
        printer.pdf(&document),
        printer.pdf(&document)
    );
    assert!(matches!(one, Err(DocumentError::TooSlow { .. })), "{one:?}");
    assert!(matches!(two, Err(DocumentError::TooSlow { .. })), "{two:?}");
    assert!(matches!(three, Err(DocumentError::Busy)), "{three:?}");
    // Whoever comes later finds a place again.
    let word = printer.word(document).await.expect("there is room");
    assert!(word.starts_with(b"PK"));
}

#[tokio::test]
async fn what_was_made_is_handed_out_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = folder.path().join("count");
    let script = format!(
        "echo x >> {}; cat >/dev/null; printf '%%PDF-1.7 hej'",
        count.display()
    );
    let path = program(&folder, &script);
    let printer = Printer::new(path.to_str().expect("a path of letters"), Limits::default());
    let mut document = sample::document();
    for _ in 0..3 {
        printer.pdf(&document).await.expect("a PDF");
    }
    document.title = "En annan".to_owned();
    printer.pdf(&document).await.expect("a PDF");
    let times = std::fs::read_to_string(&count)
        .expect("it ran")
        .lines()
        .count();
    assert_eq!(times, 2, "each document is made once");
    let forgetful = Limits {
        kept: 20,
        ..Limits::default()
    };
    let printer = Printer::new(path.to_str().expect("a path of letters"), forgetful);
    for _ in 0..2 {
        printer.pdf(&document).await.expect("a PDF");
        printer.pdf(&sample::document()).await.expect("a PDF");
    }
    let times = std::fs::read_to_string(&count)
        .expect("it ran")
        .lines()
        .count();
    assert_eq!(times, 6, "there is room for one of them at a time");
}
