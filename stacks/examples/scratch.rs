//! scratch
fn main() {
    let cluster = stackwright_stacks::clusters::wordpress_lab::cluster().unwrap();
    let objects = cluster.stacks.iter().flat_map(|s| &s.objects);
    let index = stackwright::check::Index::new(objects, "default", Some(&cluster));
    println!("{}", stackwright::capacity(&index));
    for f in stackwright::check(&cluster) {
        println!("{} [{}] {}\n   why {:?}\n   help {}", f.severity, f.id, f.message, f.why, f.help);
    }
}
