use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::readme::{given, text};
use super::{SECRETS, delivered};
use crate::order::{After, Order};
use crate::template::shell_word;
use crate::{Cluster, Delivery, Flux, Stack, Step, When};

/// How a cluster is brought up: what that needs, and the commands in their order, as far as its stacks, objects and releases ask for any.
pub(super) fn section(cluster: &Cluster, stacks: &[&Stack], order: &Order) -> String {
    let steps = steps(cluster, stacks, order);
    if steps.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    let needs = needs(cluster, stacks, order);
    if !needs.is_empty() {
        out.push_str("You need:\n\n");
        for need in needs {
            _ = writeln!(out, "- {}", text(&need));
        }
        out.push('\n');
    }
    let mut then = "From";
    if stacks.iter().any(|stack| stack.has_secrets()) {
        out.push_str("Render first, which makes the secrets. ");
        then = "Then, from";
    }
    let by_hand = by_hand(cluster, stacks);
    if !by_hand.is_empty() {
        _ = writeln!(out, "By hand, before the first step:\n\n- {}\n", by_hand.join("\n- "));
        then = "Then, from";
    }
    _ = write!(out, "{then} this folder:\n\n```sh\n");
    for (number, step) in (1..).zip(steps) {
        _ = writeln!(out, "# {number}. {}\n{}", step.does, step.command);
    }
    out.push_str("```\n");
    if delivered::begin(&cluster.delivery).is_none() {
        out.push_str(&waiting(order));
    }
    out
}

/// What is done before the commands: the secrets that a person gives, and what is set on a router, which is none of the hosts.
fn by_hand(cluster: &Cluster, stacks: &[&Stack]) -> Vec<String> {
    let secrets: BTreeMap<_, _> = given(stacks).collect();
    let routers: BTreeSet<_> = cluster.ways_in.iter().map(|way_in| &way_in.at).collect();
    let routers = routers.into_iter().filter(|router| !cluster.all_hosts().any(|host| host.name == **router));
    secrets
        .into_iter()
        .map(|(file, what)| format!("write to `{SECRETS}/{file}`, for you alone to read: {}", text(what)))
        .chain(routers.map(|router| format!("set the forwards of {}, as [Ways in](#ways-in) lists them", text(router))))
        .chain(key_of_flux(cluster, stacks))
        .collect()
}

/// What is done so that Flux opens sealed secrets, if it is to.
fn key_of_flux(cluster: &Cluster, stacks: &[&Stack]) -> Option<String> {
    let Delivery::Flux(flux) = &cluster.delivery else { return None };
    let name = flux.decryption.as_deref().filter(|_| has_secrets(stacks))?;
    Some(format!(
        "seal the secrets by `secrets seal`, commit them, and give Flux a key that opens them: `kubectl --namespace flux-system create secret \
         generic {name} --from-file=age.agekey=KEYFILE`"
    ))
}

/// The commands: those that make the cluster, those that fill it, those that look after it.
fn steps(cluster: &Cluster, stacks: &[&Stack], order: &Order) -> Vec<Step> {
    let mut own: Vec<_> = stacks.iter().flat_map(|stack| &stack.steps).chain(&cluster.steps).collect();
    // It keeps the order of steps of one time.
    own.sort_by_key(|(when, _)| *when);
    let (before, after): (Vec<_>, Vec<_>) = own.into_iter().partition(|(when, _)| *when < When::Running);
    let mut steps: Vec<_> = before.into_iter().map(|(_, step)| step.clone()).collect();
    steps.extend(cluster.kubeconfig().map(|path| {
        Step::new("Talk to the cluster", &format!("export KUBECONFIG=$PWD/{}", shell_word(path.as_str())))
    }));
    if cluster.is_existing && cluster.kubeconfig().is_none() {
        steps.push(Step::new("See which cluster kubectl talks to", "kubectl config current-context"));
    }
    match delivered::begin(&cluster.delivery) {
        None => apply_by_hand(&mut steps, stacks, order),
        Some((tool, folder)) => {
            let does = format!("Let {tool} apply it from its repository, now and after each change there");
            steps.push(Step::new(&does, &format!("kubectl apply -k {folder}")));
            steps.extend(secrets_by_hand(cluster, stacks));
        }
    }
    steps.extend(after.into_iter().map(|(_, step)| step.clone()));
    steps
}

/// The secrets that nothing in a repository makes, once the namespaces are there that are applied from it.
fn secrets_by_hand(cluster: &Cluster, stacks: &[&Stack]) -> Option<Step> {
    let is_opened = matches!(&cluster.delivery, Delivery::Flux(flux) if flux.decryption.is_some());
    let namespaces: BTreeSet<_> = stacks
        .iter()
        .flat_map(|stack| &stack.secrets)
        .map(|secret| format!("namespace/{}", secret.namespace))
        .collect();
    if is_opened || namespaces.is_empty() {
        return None;
    }
    let namespaces = namespaces.into_iter().collect::<Vec<_>>().join(" ");
    Some(Step::new(
        "Apply its secrets, which no repository has, once their namespaces are there",
        &format!("kubectl wait --for=create --timeout=10m {namespaces} && kubectl apply -k {SECRETS}"),
    ))
}

/// The commands that apply the objects and install the releases.
fn apply_by_hand(steps: &mut Vec<Step>, stacks: &[&Stack], order: &Order) {
    let waiting = order.parts.iter().skip(1).any(|part| !part.objects.is_empty());
    for part in &order.parts {
        match part.after {
            After::Nothing if part.objects.is_empty() && !has_secrets(stacks) => {}
            After::Nothing => {
                let does = if waiting { "Apply its objects but for those that wait" } else { "Apply its objects" };
                steps.push(Step::new(does, "kubectl apply -k ."));
            }
            After::Definitions => steps.push(Step::new(
                "Apply the objects of the kinds that it defines, once they are served",
                &format!(
                    "kubectl wait --for=condition=Established --timeout=60s crd --all && kubectl apply -k {}",
                    part.after.folder()
                ),
            )),
            // The script installs them all.
            After::Release(_) => {}
        }
    }
    if order.releases().next().is_some() {
        let name = |(release, is_waited_for): (&crate::Release, bool)| {
            let then =
                if is_waited_for { format!(" with {}", After::Release(release).folder()) } else { String::new() };
            format!("{}{then}", release.name)
        };
        let names: Vec<_> = order.releases().map(name).collect();
        let does = format!("Install its Helm releases, one after the other: {}", names.join(", "));
        steps.push(Step::new(&does, "releases/install.sh"));
    }
}

/// Whether `kubectl apply -k` applies Secrets.
fn has_secrets(stacks: &[&Stack]) -> bool {
    stacks.iter().any(|stack| !stack.secrets.is_empty())
}

/// What a person's computer needs: what the stacks and the cluster say, and what the derived steps run.
fn needs(cluster: &Cluster, stacks: &[&Stack], order: &Order) -> Vec<String> {
    let mut needs: Vec<_> = stacks.iter().flat_map(|stack| &stack.needs).chain(&cluster.needs).cloned().collect();
    let mut version = cluster.kubernetes.split('.');
    let minor = version.nth(1).and_then(|minor| minor.parse::<u32>().ok());
    needs.extend(minor.map(|minor| {
        format!(
            "kubectl 1.{} to 1.{}: at most one minor version from the cluster's",
            minor.saturating_sub(1),
            minor + 1
        )
    }));
    match &cluster.delivery {
        Delivery::ByHand if order.releases().next().is_some() => needs.push("Helm 4".to_owned()),
        Delivery::ByHand => {}
        Delivery::Flux(Flux { repository, credentials, .. }) => {
            needs.push(format!(
                "Flux in the cluster, as `flux install` puts it there, and this folder in {}",
                repository.url
            ));
            needs.extend(
                credentials.iter().map(|name| format!("the Secret flux-system/{name}, by which Flux reads it")),
            );
        }
        Delivery::ArgoCd(repository) => {
            needs.push(format!(
                "Argo CD in the cluster, in its namespace argocd, and this folder in {}",
                repository.url
            ));
        }
    }
    needs
}

/// What `kubectl apply -k .` leaves out, and why, where that is anything.
fn waiting(order: &Order) -> String {
    let folder = |after: After, count: usize| {
        let objects = if count == 1 { "1 object".to_owned() } else { format!("{count} objects") };
        let why = match after {
            After::Release(release) => format!("release {}", text(&release.name)),
            After::Nothing | After::Definitions => "the definitions of their kinds".to_owned(),
        };
        format!("- `{}`: {objects}, after {why}\n", after.folder())
    };
    let parts = order.parts.iter().skip(1).filter(|part| !part.objects.is_empty());
    let folders: String = parts.map(|part| folder(part.after, part.objects.len())).collect();
    if folders.is_empty() {
        return folders;
    }
    format!(
        "\n`kubectl apply -k .` never fails for a kind that nobody defines yet: what waits is applied from folders of its own, by the step \
         before which it would be refused or would run without what changes its pods. After a change, apply these folders, too.\n\n{folders}"
    )
}
