//! The program: see `torg --help`.

use std::process::ExitCode;

/// The system's allocator is slower under many small pages at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    torg::command::run()
}
