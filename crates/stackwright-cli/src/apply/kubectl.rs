//! The person's own kubectl, at one context. What it reads and prints goes through pipes.

use std::io::{self, ErrorKind, Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use stackwright::Error;

use super::refusal;

const PROGRAM: &str = "kubectl";

/// How often a run is looked at that may not take for ever.
const BEAT: Duration = Duration::from_millis(20);

/// kubectl at a context of the person's kubeconfig; at none to read that file.
#[derive(Clone)]
pub struct Kubectl {
    pub context: Option<String>,
}

/// What a run printed.
pub struct Said {
    pub out: String,
    pub err: String,
    /// Whether it succeeded; none where it took too long and was ended.
    pub success: Option<bool>,
}

impl Kubectl {
    /// What a run prints that has to succeed.
    pub fn text(&self, arguments: &[&str], input: &str) -> Result<String, Error> {
        let said = self.run(arguments, input, None)?;
        if said.success == Some(true) { Ok(said.out) } else { Err(refusal::error(&said.err, arguments)) }
    }

    /// The objects that a run prints as JSON, the items of lists of them.
    pub fn objects(&self, arguments: &[&str], input: &str) -> Result<Vec<Value>, Error> {
        items(&self.text(arguments, input)?)
    }

    /// A run to its end, or until it has taken so long.
    pub fn run(&self, arguments: &[&str], input: &str, limit: Option<Duration>) -> Result<Said, Error> {
        let mut command = Command::new(PROGRAM);
        command.args(self.context.iter().flat_map(|context| ["--context", context])).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            // It answers before it has read everything.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
            let (out, err) = (scope.spawn(|| all(stdout)), scope.spawn(|| all(stderr)));
            let status = end(&mut child, limit).map_err(failed)?;
            let success = status.map(|status| status.success());
            Ok(Said { out: out.join().unwrap_or_default(), err: err.join().unwrap_or_default(), success })
        })
    }
}

/// The objects of what kubectl prints as JSON.
pub fn items(text: &str) -> Result<Vec<Value>, Error> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut read: Value = serde_json::from_str(text)
        .map_err(|error| Error::new(format!("kubectl prints what is no JSON: {error}"), "see `kubectl version`"))?;
    Ok(match read.get_mut("items").map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => vec![read],
    })
}

fn all(stream: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    _ = stream.map(|mut stream| stream.read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

fn end(child: &mut Child, limit: Option<Duration>) -> io::Result<Option<ExitStatus>> {
    let Some(limit) = limit else { return child.wait().map(Some) };
    let begun = Instant::now();
    while begun.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(BEAT);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn failed(error: io::Error) -> Error {
    let help = if error.kind() == ErrorKind::NotFound {
        "install kubectl: https://kubernetes.io/docs/tasks/tools"
    } else {
        "see whether `kubectl version` works"
    };
    Error::io("cannot run kubectl", help, error)
}
