//! What NetworkPolicies let through, said twice: by `trace`, and by a brute force over every policy, rule, peer and port.
//!
//! In 256 random worlds each pod asks each Service at each of its ports, and three addresses outside: more than 10,000 verdicts, the same
//! ones at each run. `trace` never says yes where the model says no, or no where it says yes. Neither is sure of what hangs on an address
//! that a pod gets while it runs. `PROPTEST_CASES=10000` asks of more worlds.
//!
//! Names are not asked for, as a lookup is a connection more: the Services are asked by their addresses.

mod model;
mod worlds;

use std::cell::Cell;
use std::net::{IpAddr, Ipv4Addr};

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use stackwright::check::{Index, Input};
use stackwright::trace::{Hop, Request, Stage, State, Trace, trace};

use model::{Pod, Port, Side};
use worlds::{World, service_address, service_port, world};

/// What is asked for outside of the cluster: addresses that are in some of the policies' networks.
const OUTSIDE: [&str; 3] = ["192.0.2.7", "203.0.113.9", "2001:db8::7"];
const OUTSIDE_PORT: u16 = 443;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Allowed,
    Denied,
    /// It hangs on an address that nobody knows before the pod runs.
    Unknown,
}

/// How often each verdict was given.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    allowed: usize,
    denied: usize,
    unknown: usize,
    /// Of the unknown ones, those of which the model is sure.
    unsure: usize,
}

#[test]
fn policies_are_read_as_a_second_reader_reads_them() {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let sum = Cell::new(Counts::default());
    let result = runner.run(&world(), |world| {
        let mut counts = sum.get();
        compare(&world, &mut counts)?;
        sum.set(counts);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let Counts { allowed, denied, unknown, unsure } = sum.get();
    let all = allowed + denied + unknown;
    eprintln!("{all} verdicts: {allowed} allowed, {denied} denied, {unknown} unknown, {unsure} of them without need");
    assert!(all >= 10_000 || ProptestConfig::default().cases < 256, "only {all} verdicts");
    assert!(allowed * 4 > all && denied * 4 > all, "{allowed} allowed and {denied} denied of {all}");
    assert!(unknown > 0 && unknown * 10 < all, "{unknown} of {all} are unknown");
    assert!(unsure * 50 < all, "{unsure} of {all} are unknown without need");
}

/// Asks everything that can be asked in a world, of both.
fn compare(world: &World, counts: &mut Counts) -> Result<(), TestCaseError> {
    let (objects, cluster) = (world.objects(), world.cluster());
    let index = Index::new(Input { cluster: cluster.as_ref(), closed: true, ..Input::new(&objects) });
    let addresses = addresses(world);
    let mut ask = |from: usize, to: &str, expected: Verdict| {
        let request = Request::parse(&[&world.word(from), to]).expect("a request");
        let found = trace(&index, &request).expect("whoever asks is there");
        let given = verdict(&found);
        let is_right = given == expected || given == Verdict::Unknown;
        if !is_right {
            let mut text = String::new();
            for object in &objects {
                object.write_yaml(&mut text).expect("objects are written");
            }
            prop_assert!(false, "{request} is {given:?}, and by the model {expected:?}: {:#?}\n{text}", found.hops);
        }
        match given {
            Verdict::Allowed => counts.allowed += 1,
            Verdict::Denied => counts.denied += 1,
            Verdict::Unknown => counts.unknown += 1,
        }
        counts.unsure += usize::from(given != expected);
        Ok(())
    };
    for (from, pod) in world.pods.iter().enumerate() {
        for (to, asked) in world.pods.iter().enumerate() {
            for (position, declared) in asked.ports.iter().enumerate() {
                let protocol = declared.protocol.as_deref().unwrap_or("TCP");
                let port = Port { number: declared.container_port, protocol };
                // No pod is kept from itself. A Deployment's pods are several.
                let is_itself = from == to && world.is_pod(from);
                let expected =
                    if is_itself { Verdict::Allowed } else { between(world, (pod, asked), port, &addresses) };
                ask(from, &format!("{}:{}", service_address(to), service_port(position)), expected)?;
            }
        }
        for address in OUTSIDE {
            let to = Side { pod: None, address: address.parse().expect("an address") };
            let port = Port { number: OUTSIDE_PORT.into(), protocol: "TCP" };
            let expected = if world.rules.leaves(pod, to, port) { Verdict::Allowed } else { Verdict::Denied };
            let to = if address.contains(':') { format!("[{address}]") } else { address.to_owned() };
            ask(from, &format!("{to}:{OUTSIDE_PORT}"), expected)?;
        }
    }
    Ok(())
}

/// What the hops through policies say, which no other hop may end before.
fn verdict(trace: &Trace) -> Verdict {
    let hops: Vec<_> = trace.hops.iter().filter(|hop| hop.stage == Stage::Policy).collect();
    let other = trace.hops.iter().find(|hop| hop.stage != Stage::Policy && is_end(&hop.state));
    assert!(other.is_none() && !hops.is_empty(), "no policy is asked: {:#?}", trace.hops);
    if hops.iter().any(|hop| is_end(&hop.state)) {
        return Verdict::Denied;
    }
    let mut unknown = hops.iter().filter(|hop| hop.state != State::Passes).peekable();
    if unknown.peek().is_none() {
        return Verdict::Allowed;
    }
    let is_said = |hop: &&Hop| matches!(&hop.state, State::Unknown(why) if why.contains("addresses of pods"));
    assert!(unknown.all(is_said), "it is unknown for another reason: {hops:#?}");
    Verdict::Unknown
}

fn is_end(state: &State) -> bool {
    matches!(state, State::Broken(_) | State::Blocked(_))
}

/// What the model says of two pods, whatever addresses they may get.
fn between(world: &World, (from, to): (&Pod, &Pod), port: Port<'_>, addresses: &[IpAddr]) -> Verdict {
    let side = |pod, address| Side { pod: Some(pod), address };
    let leaves = addresses.iter().map(|address| world.rules.leaves(from, side(to, *address), port));
    let enters = addresses.iter().map(|address| world.rules.enters(side(from, *address), side(to, *address), port));
    match (always(leaves), always(enters)) {
        (Verdict::Denied, _) | (_, Verdict::Denied) => Verdict::Denied,
        (Verdict::Allowed, Verdict::Allowed) => Verdict::Allowed,
        _ => Verdict::Unknown,
    }
}

/// What is so of each address, or hangs on it.
fn always(allowed: impl Iterator<Item = bool>) -> Verdict {
    let allowed: Vec<_> = allowed.collect();
    match (allowed.contains(&true), allowed.contains(&false)) {
        (true, false) => Verdict::Allowed,
        (false, _) => Verdict::Denied,
        (true, true) => Verdict::Unknown,
    }
}

/// An address on each side of each border between the policies' networks, as far as pods may get it: every other one is treated as one of
/// them. They are of IPv4, as the Services are.
fn addresses(world: &World) -> Vec<IpAddr> {
    let specs = world.rules.policies.iter().filter_map(|policy| policy.spec.as_ref());
    let peers = specs.flat_map(|spec| {
        let from = spec.ingress.iter().flatten().flat_map(|rule| rule.from.iter().flatten());
        from.chain(spec.egress.iter().flatten().flat_map(|rule| rule.to.iter().flatten()))
    });
    let blocks = peers.filter_map(|peer| peer.ip_block.as_ref());
    let networks = blocks.flat_map(|block| std::iter::once(&block.cidr).chain(block.except.iter().flatten()));
    let pods = world.network.unwrap_or("0.0.0.0/0");
    let borders = networks.map(String::as_str).chain([pods]).filter_map(|network| {
        let (first, length) = network.split_once('/')?;
        let first = u32::from(first.parse::<Ipv4Addr>().ok()?);
        let last = first | u32::MAX.checked_shr(length.parse().ok()?).unwrap_or(0);
        Some([first.saturating_sub(1), first, last, last.saturating_add(1)])
    });
    let mut addresses: Vec<_> = borders.flatten().map(|bits| Ipv4Addr::from(bits).into()).collect();
    addresses.retain(|address| model::is_in(pods, *address));
    addresses.sort();
    addresses.dedup();
    addresses
}
