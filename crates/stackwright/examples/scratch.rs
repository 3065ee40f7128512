//! scratch
use stackwright::check::*;
use stackwright::yaml;
fn main() {
    let mut text = String::new();
    let args: Vec<_> = std::env::args().skip(1).collect();
    let mut objects = Vec::new();
    for a in &args {
        text = std::fs::read_to_string(a).unwrap();
        match yaml::objects(&text) {
            Ok(o) => objects.extend(o),
            Err(p) => eprintln!("{a}: {} problems", p.len()),
        }
    }
    let _ = &text;
    let index = Index::new(objects.iter().map(|l| &l.object), "default", None);
    let start = std::time::Instant::now();
    let checks: Vec<_> = checks().filter(|c| c.group == Group::Capacity).collect();
    let found = findings(&index, checks);
    eprintln!("{} objects, {:?}", objects.len(), start.elapsed());
    for f in &found {
        println!("{} [{}] {}\n   why {:?}\n   help {}", f.severity, f.id, f.message, f.why, f.help);
    }
    if std::env::var("CAP").is_ok() {
        println!("{}", stackwright::capacity(&index));
    }
}
