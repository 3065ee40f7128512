//! Which kinds are in no namespace: for each on the lines of standard input, as kubectl takes it (`KIND.GROUP`), `true` or `false`.

use std::io::{self, BufRead as _};

use stackwright::check::is_cluster_wide;

fn main() -> io::Result<()> {
    for kind in io::stdin().lock().lines() {
        println!("{}", is_cluster_wide(kind?.as_str()));
    }
    Ok(())
}
