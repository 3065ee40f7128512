//! People get to what each cluster says they find: nothing on the way is broken or blocked.

use stackwright::check::Index;
use stackwright::trace::{End, Request, Stage, State, knows, text, trace};
use stackwright_stacks::clusters;

#[test]
fn every_endpoint_is_reached() {
    let mut asked = 0;
    for cluster in clusters().expect("every cluster can be described") {
        let index = Index::of(&cluster);
        for endpoint in cluster.stacks.iter().flat_map(|stack| &stack.endpoints) {
            asked += 1;
            let request = Request::parse(&[&endpoint.url]).expect("it is a URL");
            let trace = trace(&index, &request).expect("nobody inside asks");
            let shown = format!("{}: {}", cluster.name, text(&trace, |_| None));
            assert!(matches!(trace.end(), End::Reached | End::Open), "{shown}");
            assert!(knows(&index, &request), "{shown}");
            // What is not known is what charts make, and what hosts show: never the way itself.
            let is_known =
                |stage: Stage| matches!(stage, Stage::Controller | Stage::Service | Stage::Tls | Stage::Policy);
            for hop in trace.hops.iter().filter(|hop| matches!(hop.state, State::Unknown(_))) {
                assert!(is_known(hop.stage), "{shown}");
            }
        }
    }
    assert!(asked > 8, "{asked}");
}

#[test]
fn wordpress_reaches_its_database_and_nobody_else_does() {
    let lab = clusters().expect("every cluster can be described").swap_remove(0);
    let index = Index::of(&lab);
    let end = |words: &[&str]| {
        let trace = trace(&index, &Request::parse(words).expect("a request")).expect("whoever asks is there");
        (trace.end(), trace.hops.last().map(|hop| hop.stage), text(&trace, |_| None))
    };
    let (reached, _, shown) = end(&["deployment/wordpress/wordpress", "mysql-primary.database:3306"]);
    assert_eq!(reached, End::Reached, "{shown}");
    // By a name that only the database's own pods find, at a port that is none, from pods that no policy lets out.
    let (refused, stage, shown) = end(&["deployment/wordpress/wordpress", "mysql-primary:3306"]);
    assert_eq!((refused, stage), (End::Broken, Some(Stage::Name)), "{shown}");
    let (refused, stage, shown) = end(&["deployment/wordpress/wordpress", "mysql-primary.database:3307"]);
    assert_eq!((refused, stage), (End::Broken, Some(Stage::Port)), "{shown}");
    let (refused, stage, shown) = end(&["statefulset/database/mysql", "wordpress.wordpress:80"]);
    assert_eq!((refused, stage), (End::Blocked, Some(Stage::Policy)), "{shown}");
}

/// What the guide shows of `trace` is what it prints.
#[test]
fn the_guide_shows_what_is_printed() {
    let guide = include_str!("../../docs/guide.md");
    let lab = clusters().expect("every cluster can be described").swap_remove(0);
    let index = Index::of(&lab);
    let commands = guide.lines().filter_map(|line| line.strip_prefix("$ cargo run -- trace "));
    let asked: Vec<_> = commands.map(|words| words.split(' ').collect::<Vec<_>>()).collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    for words in asked {
        let trace = trace(&index, &Request::parse(&words).expect("a request")).expect("whoever asks is there");
        let shown = text(&trace, |_| None);
        assert!(guide.contains(&shown), "{shown}");
    }
}
