use clap::{Args, ValueEnum};
use stackwright::trace::Request;

use crate::gitops::WithHelm;

/// Follow a request, hop by hop, to where it is answered or breaks
///
/// A request is a URL, asked for from outside, or a workload and the host and port that its pods ask for. Each hop is looked up as the checks
/// look it up: names, forwards, firewalls, proxies, addresses, Ingresses and routes, certificates, NetworkPolicies, Services, ports, pods and
/// their probes. The first one that is broken says why, and what to do. What is decided elsewhere, as by a controller that is not among what
/// is read, is said to be unknown.
///
/// Without anything before `--` it is looked for in the program's clusters that know its name, address or workload; where the program has
/// none, in standard input.
#[derive(Args)]
#[command(after_help = "\
Examples:
  {program} trace https://shop.example/cart                 from outside
  {program} trace deployment/shop/web db.data:5432          from a pod
  {program} trace manifests/ nodes.yaml -- http://shop.example

It leaves with 0 where nothing that is known breaks the way, 1 where it breaks or is blocked, 2 when it could not work.")]
pub struct Trace {
    /// A URL, or kind/namespace/name and host:port. Where `--` follows: clusters, files and folders to look in, or - for standard input
    #[arg(value_name = "REQUEST|CLUSTER|PATH")]
    pub words: Vec<String>,

    /// The request, where it is said what to look in
    #[arg(last = true, value_name = "REQUEST")]
    pub request: Vec<String>,

    /// The namespace of manifests that name none
    #[arg(long, value_name = "NAMESPACE", default_value = "default")]
    pub namespace: String,

    /// Follow it as if the manifests were applied to this cluster
    #[arg(long, value_name = "NAME")]
    pub cluster: Option<String>,

    /// Take what is given for all that there is
    #[arg(long)]
    pub closed: bool,

    #[command(flatten)]
    pub helm: WithHelm,

    /// How to print it
    #[arg(long, default_value = "text")]
    pub format: TraceFormat,
}

/// How a way is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TraceFormat {
    /// For people: a column of hops
    Text,
    /// For scripts: one JSON object a line
    Json,
    /// A flowchart
    Mermaid,
}

impl Trace {
    /// What to look in, and the words of the request.
    pub fn parts(&self) -> (&[String], &[String]) {
        if !self.request.is_empty() {
            return (&self.words, &self.request);
        }
        // A URL is no path, so that it may stand behind some; a pod may ask for one, too.
        let is_of_pod = |words: &[String]| match words {
            [workload, url] => Request::parse(&[workload, url]).is_ok(),
            _ => false,
        };
        match self.words.split_last() {
            Some((last, before)) if last.contains("://") && !is_of_pod(&self.words) => {
                (before, std::slice::from_ref(last))
            }
            _ => (&[], &self.words),
        }
    }
}
