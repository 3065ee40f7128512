//! The hops so far, and the rules of the checks that are asked about the next one.

use std::cell::OnceCell;

use super::request::Url;
use super::{Hop, State};
use crate::HashMap;
use crate::check::traffic::Policies;
use crate::check::{self, Check, Finding, Index, Item, Severity, allowances};

/// What has been gone of a way.
pub(super) struct Trail<'i, 'a> {
    pub index: &'i Index<'a>,
    pub hops: Vec<Hop>,
    /// What a proxy on the way waits for in vain, should no rule have the name.
    pub unserved: Option<Finding>,
    /// Where the one that answers sends visitors.
    pub redirected: Option<Url>,
    /// What checks find, each run when its rule is first asked for.
    found: HashMap<&'static str, Vec<Finding>>,
    policies: OnceCell<Option<Policies<'i, 'a>>>,
    sure_policies: OnceCell<Option<Policies<'i, 'a>>>,
}

impl<'i, 'a> Trail<'i, 'a> {
    pub fn new(index: &'i Index<'a>) -> Self {
        let (policies, sure_policies) = (OnceCell::new(), OnceCell::new());
        let (hops, found) = (Vec::new(), HashMap::default());
        Self { index, hops, unserved: None, redirected: None, found, policies, sure_policies }
    }

    /// The NetworkPolicies; none where there are policies of another kind, too.
    pub fn policies(&self) -> Option<&Policies<'i, 'a>> {
        self.policies.get_or_init(|| Policies::known(self.index, true)).as_ref()
    }

    /// The same, where what nobody knows to be allowed isn't.
    pub fn sure_policies(&self) -> Option<&Policies<'i, 'a>> {
        self.sure_policies.get_or_init(|| Policies::known(self.index, false)).as_ref()
    }

    /// Takes a hop: none where it is the last one, since it is broken, or blocked on purpose.
    pub fn take(&mut self, hop: Hop) -> Option<()> {
        let goes_on = matches!(hop.state, State::Passes | State::Unknown(_));
        self.hops.push(hop);
        goes_on.then_some(())
    }

    /// Takes a hop behind which nothing is known.
    pub fn end<T>(&mut self, hop: Hop) -> Option<T> {
        self.hops.push(hop);
        None
    }

    /// What a check finds at a field of an object, or below that field.
    pub fn finding(&mut self, id: &'static str, item: Item<'_>, path: &str) -> Option<Finding> {
        self.finding_where(id, |finding| {
            finding.place.as_ref().is_some_and(|place| place.index == item.index && place.path.starts_with(path))
        })
    }

    /// The first that a check finds of what is asked for.
    pub fn finding_where(&mut self, id: &'static str, is_it: impl Fn(&Finding) -> bool) -> Option<Finding> {
        let index = self.index;
        let found = self.found.entry(id).or_insert_with(|| {
            let mut findings = Vec::new();
            if let Some(check) = check_of(id) {
                (check.run)(index, &mut findings);
            }
            findings
        });
        found.iter().find(|finding| is_it(finding)).cloned()
    }

    /// The first that one of several checks finds there.
    pub fn first(&mut self, ids: &[&'static str], item: Item<'_>, path: &str) -> Option<Finding> {
        ids.iter().find_map(|id| self.finding(id, item, path))
    }

    /// A hop as a finding about it leaves it: as it is without one.
    pub fn judged(&self, hop: Hop, finding: Option<Finding>) -> Hop {
        let Some(finding) = finding else { return hop };
        let state = self.state(finding);
        hop.is(state)
    }

    /// The same for the worst of several: what only may be hides nothing that is.
    pub fn judged_by_worst(&self, hop: Hop, found: impl IntoIterator<Item = Option<Finding>>) -> Hop {
        self.judged(hop, found.into_iter().flatten().min_by_key(|finding| finding.severity))
    }

    /// The same where the check can only be sure of what it calls an error.
    pub fn doubted(&self, hop: Hop, finding: Option<Finding>) -> Hop {
        match finding {
            Some(finding) if finding.severity == Severity::Warning => {
                self.judged(hop, Some(finding.rated(Severity::Information)))
            }
            finding => self.judged(hop, finding),
        }
    }

    /// A hop behind which nothing is found, for the reason that the finding has. Where something else may have made it, or no check says
    /// anything, nobody knows.
    pub fn lost(&self, hop: Hop, namespace: &str, finding: Option<Finding>, why: &str) -> Hop {
        let Some(finding) = finding else { return hop.unknown(why) };
        let state = match self.state(finding.clone()) {
            // What was given is all there is to ask.
            State::Unknown(_) if self.stands(&finding) && !self.is_open(namespace) => State::Broken(Box::new(finding)),
            state => state,
        };
        hop.is(state)
    }

    /// Whether something that is not among the objects may make what is missing in a namespace.
    pub fn is_open(&self, namespace: &str) -> bool {
        self.index.is_open(namespace) || self.index.is_operated(namespace) || namespace.starts_with("kube-")
    }

    fn state(&self, finding: Finding) -> State {
        if let Some(reason) = self.allowed(&finding) {
            return State::Unknown(format!("{}, which is allowed: {reason}", finding.message));
        }
        match finding.severity {
            _ if !self.stands(&finding) => State::Unknown(format!("{}, as far as it could be read", finding.message)),
            Severity::Error | Severity::Warning => State::Broken(Box::new(finding)),
            Severity::Information => State::Unknown(format!("{}: {}", finding.message, finding.help)),
        }
    }

    fn stands(&self, finding: &Finding) -> bool {
        let is_written = || check_of(finding.id).is_none_or(|check| check::stands(self.index, check, finding));
        self.allowed(finding).is_none() && is_written()
    }

    /// Why somebody said that it is meant.
    fn allowed(&self, finding: &Finding) -> Option<String> {
        let reason = if let Some(place) = &finding.place {
            let mut given = allowances(self.index.items[place.index].object);
            given.find(|(id, ..)| *id == finding.id).map(|(_, reason, _)| reason)
        } else {
            let given = self.index.cluster().map_or(&[][..], |cluster| &cluster.allowances);
            given.iter().find(|allowance| allowance.id == finding.id).map(|allowance| allowance.reason.as_str())
        };
        reason.filter(|reason| !reason.trim().is_empty()).map(str::to_owned)
    }
}

fn check_of(id: &str) -> Option<&'static Check> {
    check::checks().find(|check| check.id == id)
}

/// What is broken by a rule that no check has, since only a request makes it one.
pub(super) fn fault(message: impl Into<String>, help: impl Into<String>) -> State {
    State::Broken(Box::new(Finding {
        id: "trace",
        severity: Severity::Error,
        place: None,
        message: message.into(),
        why: None,
        help: help.into(),
        related: Vec::new(),
    }))
}
