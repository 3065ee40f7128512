//! Who applies to a cluster: one at a time, by a Lease that is renewed as long as one does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::MicroTime;
use k8s_openapi::jiff::Timestamp;
use rustix::process::{Pid, test_kill_process};
use serde_json::{Value, json};
use stackwright::Error;

use super::inventory::NAMESPACE;
use super::kubectl::Kubectl;
use crate::report;

/// After so long without a word, a holder is taken to be gone.
const SECONDS: u64 = 15;
const RENEWAL: Duration = Duration::from_secs(4);
/// How often one looks who waits.
const BEAT: Duration = Duration::from_secs(1);

/// The right to apply, until it is dropped or lost.
pub struct Lease {
    is_held: Arc<AtomicBool>,
    stop: Option<mpsc::Sender<()>>,
    renewal: Option<JoinHandle<()>>,
}

impl Lease {
    /// The lease of this name, as soon as nobody else has it.
    pub fn taken(kubectl: &Kubectl, name: &str) -> Result<Self, Error> {
        let me = me();
        let mut seen: Option<(String, Instant)> = None;
        let mut held = loop {
            let found = found(kubectl, name)?;
            let version = text(&found, "/metadata/resourceVersion").to_owned();
            let holder = text(&found, "/spec/holderIdentity").to_owned();
            if holder.is_empty() || is_gone(&holder, &me) || is_silent(seen.as_ref(), &version) {
                if let Some(held) = written(kubectl, &lease(name, Some(&me), &version))? {
                    break held;
                }
                continue;
            }
            if seen.as_ref().is_none_or(|(seen, _)| *seen != version) {
                if seen.is_none() {
                    report::note(&format!(
                        "{holder} is applying: this waits until that is done, or silent for {SECONDS} s"
                    ));
                }
                seen = Some((version, Instant::now()));
            }
            thread::sleep(BEAT);
        };
        let (is_held, (stop, stopped)) = (Arc::new(AtomicBool::new(true)), mpsc::channel());
        let (kubectl, name, flag) = (kubectl.clone(), name.to_owned(), Arc::clone(&is_held));
        let renewal = thread::spawn(move || {
            let mut last = Instant::now();
            while stopped.recv_timeout(RENEWAL) == Err(mpsc::RecvTimeoutError::Timeout) {
                match written(&kubectl, &lease(&name, Some(&me), &held)) {
                    Ok(Some(version)) => (held, last) = (version, Instant::now()),
                    // A server that is away for a moment is no reason to stop.
                    Err(_) if last.elapsed() < Duration::from_secs(SECONDS) => {}
                    _ => {
                        flag.store(false, Ordering::Relaxed);
                        return;
                    }
                }
            }
            _ = written(&kubectl, &lease(&name, None, &held));
        });
        Ok(Self { is_held, stop: Some(stop), renewal: Some(renewal) })
    }

    /// Stops who has lost it.
    pub fn check(&self) -> Result<(), Error> {
        if self.is_held.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(Error::new(
            "someone else has begun to apply, as this was silent for too long",
            "apply again when that is done",
        ))
    }
}

/// Gives it back.
impl Drop for Lease {
    fn drop(&mut self) {
        drop(self.stop.take());
        _ = self.renewal.take().map(JoinHandle::join);
    }
}

fn found(kubectl: &Kubectl, name: &str) -> Result<Value, Error> {
    let arguments = ["get", "leases.coordination.k8s.io", name, "-n", NAMESPACE, "--ignore-not-found", "--output=json"];
    Ok(kubectl.objects(&arguments, "")?.into_iter().next().unwrap_or_default())
}

/// The version of a lease that could be written; none where someone else was faster.
fn written(kubectl: &Kubectl, lease: &Value) -> Result<Option<String>, Error> {
    let verb = if lease.pointer("/metadata/resourceVersion").is_some() { "replace" } else { "create" };
    let arguments = [verb, "--output=json", "--request-timeout=10s", "-f", "-"];
    let said = kubectl.run(&arguments, &lease.to_string(), None)?;
    if said.success == Some(true) {
        let written = super::kubectl::items(&said.out)?;
        let version = written.first().map(|lease| text(lease, "/metadata/resourceVersion").to_owned());
        return Ok(Some(version.unwrap_or_default()));
    }
    if ["(Conflict)", "(AlreadyExists)", "(NotFound)"].iter().any(|late| said.err.contains(late)) {
        return Ok(None);
    }
    Err(super::refusal::error(&said.err, &arguments))
}

/// A lease that someone holds, or nobody.
fn lease(name: &str, holder: Option<&str>, version: &str) -> Value {
    let mut lease = json!({
        "apiVersion": "coordination.k8s.io/v1",
        "kind": "Lease",
        "metadata": { "name": name, "namespace": NAMESPACE },
        "spec": {},
    });
    if !version.is_empty() {
        lease["metadata"]["resourceVersion"] = version.into();
    }
    if let Some(holder) = holder {
        lease["spec"] = json!({
            "holderIdentity": holder,
            "leaseDurationSeconds": SECONDS,
            "renewTime": now(),
        });
    }
    lease
}

fn now() -> Option<MicroTime> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Timestamp::from_microsecond(i64::try_from(since.as_micros()).ok()?).ok().map(MicroTime)
}

/// `ada@laptop/4711`.
fn me() -> String {
    let user = std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).unwrap_or("someone".to_owned());
    format!("{user}@{}/{}", host(), std::process::id())
}

fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Whether a holder was a process of this computer that has ended.
fn is_gone(holder: &str, me: &str) -> bool {
    let process = |holder: &str| {
        let (place, number) = holder.rsplit_once('/')?;
        Some((place.split_once('@')?.1.to_owned(), number.parse::<i32>().ok()?))
    };
    let (Some((place, number)), Some((here, _))) = (process(holder), process(me)) else { return false };
    let is_there = Pid::from_raw(number).is_some_and(|pid| test_kill_process(pid) != Err(rustix::io::Errno::SRCH));
    place == here && !is_there
}

fn is_silent(seen: Option<&(String, Instant)>, version: &str) -> bool {
    seen.is_some_and(|(seen, since)| seen == version && since.elapsed() > Duration::from_secs(SECONDS))
}

fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_gone_whose_process_here_has_ended() {
        let me = me();
        let ended = |holder: &str| is_gone(holder, &me);
        // More than any system gives.
        let none = i32::MAX;
        assert!(!ended(&me));
        assert!(ended(&format!("bob@{}/{none}", host())));
        assert!(!ended(&format!("bob@elsewhere/{none}")));
        assert!(!ended("someone"));
    }

    #[test]
    fn a_holder_is_silent_whose_lease_stays_as_it_was() {
        let long_ago = Instant::now().checked_sub(Duration::from_secs(SECONDS + 1)).expect("it runs for longer");
        assert!(is_silent(Some(&("1".to_owned(), long_ago)), "1"));
        assert!(!is_silent(Some(&("1".to_owned(), long_ago)), "2"));
        assert!(!is_silent(Some(&("1".to_owned(), Instant::now())), "1"));
        assert!(!is_silent(None, "1"));
    }
}
