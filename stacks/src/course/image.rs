//! The application's image: what it is built from, its name, and how it reaches the nodes.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use stackwright::prelude::*;
use stackwright::template::shell_word;

/// Where what it is built from lies, in the cluster's folder.
const FOLDER: &str = "course/image";
const SCRIPT: &str = "build-image.sh";

/// What goes into the image, in the order of its names' bytes. build-image.sh makes the tag of the same files, and a test holds them to that.
const SOURCES: [(&str, &str); 11] = [
    ("Dockerfile", include_str!("../course_app/Dockerfile")),
    ("course/__init__.py", include_str!("../course_app/course/__init__.py")),
    ("course/__main__.py", include_str!("../course_app/course/__main__.py")),
    ("course/burn.py", include_str!("../course_app/course/burn.py")),
    ("course/load.py", include_str!("../course_app/course/load.py")),
    ("course/page.html", include_str!("../course_app/course/page.html")),
    ("course/panel.html", include_str!("../course_app/course/panel.html")),
    ("course/pod.py", include_str!("../course_app/course/pod.py")),
    ("course/style.css", include_str!("../course_app/course/style.css")),
    ("course/web.py", include_str!("../course_app/course/web.py")),
    ("requirements.txt", include_str!("../course_app/requirements.txt")),
];

/// How the application's image reaches the nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// By ssh: no registry is needed.
    Imported {
        /// The nodes, as ssh knows them: `NODE` or `USER@NODE`.
        nodes: Vec<String>,
        /// The file of the cluster that says how ssh reaches them, if there is one: else a person's own configuration has to.
        ssh_config: Option<String>,
    },
    /// By this repository of a registry, such as `registry.example/course-app`.
    Pushed(String),
}

impl Image {
    /// Its name, with a tag that says what it is made of.
    pub fn name(&self) -> String {
        let repository = match self {
            Self::Imported { .. } => "localhost/course-app",
            Self::Pushed(repository) => repository,
        };
        format!("{repository}:{}", tag())
    }

    /// Nobody can pull what is on the nodes alone: an error that says it is missing there is clearer.
    pub(super) fn pull_policy(&self) -> Option<String> {
        matches!(self, Self::Imported { .. }).then(|| "Never".to_owned())
    }

    /// What builds it, and brings it where the nodes find it.
    pub(super) fn step(&self) -> Step {
        let script = format!("{FOLDER}/{SCRIPT}");
        match self {
            Self::Imported { nodes, ssh_config } => {
                let nodes = nodes.iter().map(|node| shell_word(node)).collect::<Vec<_>>().join(" ");
                let by =
                    ssh_config.as_ref().map_or_else(String::new, |file| format!("--ssh-config {} ", shell_word(file)));
                Step::new("Build the application's image and bring it to the nodes", &format!("{script} {by}{nodes}"))
            }
            Self::Pushed(repository) => Step::new(
                "Build the application's image and push it to its registry",
                &format!("{script} --push {}", shell_word(repository)),
            ),
        }
    }
}

/// What a person builds the image from, and with.
pub(super) fn files() -> Vec<File> {
    let sources = SOURCES.iter().map(|(name, text)| File::new(format!("{FOLDER}/{name}"), *text));
    let script = File::script(format!("{FOLDER}/{SCRIPT}"), include_str!("../course_app/build-image.sh"));
    sources.chain([script]).collect()
}

/// The hash of the lines that sha256sum prints of the sources.
fn tag() -> String {
    let lines = SOURCES.iter().fold(String::new(), |mut lines, (name, text)| {
        _ = writeln!(lines, "{}  {name}", hex(text));
        lines
    });
    hex(&lines)[..12].to_owned()
}

fn hex(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        _ = write!(hex, "{byte:02x}");
        hex
    })
}
