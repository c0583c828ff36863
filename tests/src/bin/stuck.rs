//! A child that is called to compile and never answers, for stories of hosts that stop meanwhile. It does not
//! outlive a test by much.

use std::thread::sleep;
use std::time::Duration;

fn main() {
    sleep(Duration::from_secs(300));
}
