//! How many requests the web server takes at once, how large they may be, and the files that tell it so.

use stackwright::prelude::*;

use super::Config;

/// The memory limit of a web pod, in MiB.
pub(super) const MEMORY: u32 = 512;
/// What a web pod shares among its workers: the image's `opcache.memory_consumption`, in MiB.
const SHARED: u32 = 128;
/// What a worker takes beside that, in MiB: WordPress takes 40 for a page, and some for each plugin.
const WORKER: u32 = 48;
/// Connections that no web worker gets: the tasks, pods that wait for the site, and people who look into the database.
const OTHER_CONNECTIONS: u32 = 10;

/// How many requests a web pod works on at once: as many as its memory and the database bear when all pods do so.
fn workers(connections: u32, most_pods: i32) -> Result<u32, Error> {
    let most = u32::try_from(most_pods).unwrap_or_default().max(1);
    // A rolling update starts a quarter more, before it stops the old ones.
    let pods = most.saturating_add(most.div_ceil(4));
    let by_database = connections.saturating_sub(OTHER_CONNECTIONS) / pods;
    let by_memory = (MEMORY - SHARED) / WORKER;
    match by_memory.min(by_database) {
        0 => Err(Error::new(
            format!(
                "{connections} connections of the database, less {OTHER_CONNECTIONS}, leave none for each of {pods} web pods"
            ),
            "let the database take more connections, or have fewer replicas",
        )),
        workers => Ok(workers),
    }
}

/// What Apache (`*.conf`) and PHP (`*.ini`) read beside the image's own settings, and the page that says that both work.
pub(super) fn files(app: &App, config: &Config) -> Result<ConfigMap, Error> {
    let workers = workers(config.database.connections, *config.replicas.end())?;
    let upload = u32::from(config.upload);
    // A form is larger than the file that it carries.
    let form = upload + 8;
    let php = format!(
        "upload_max_filesize = {upload}M\n\
         post_max_size = {form}M\n\
         memory_limit = {}M\n\
         ; A database that does not answer: seconds until a visitor reads so and the worker is free again.\n\
         default_socket_timeout = 10\n",
        form.max(128)
    );
    let values = [("workers", workers), ("at_start", workers.min(2))].map(|(name, value)| (name, value.to_string()));
    let apache = values.iter().fold(include_str!("apache.conf").to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    });
    let ready = include_str!("ready.php").to_owned();
    Ok(config_map(app, "wordpress-server", [("site.conf", apache), ("site.ini", php), ("ready.php", ready)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_are_what_memory_and_database_bear() {
        assert_eq!(workers(100, 5).ok(), Some(8), "the pod's memory");
        assert_eq!(workers(100, 10).ok(), Some(6), "90 connections for 10 pods and 3 more");
        assert_eq!(workers(17, 5).ok(), Some(1), "one for each of 5 pods and 2 more");
        let refused = workers(16, 5).expect_err("less than one each");
        assert_eq!(refused.to_string(), "16 connections of the database, less 10, leave none for each of 7 web pods");
    }
}
