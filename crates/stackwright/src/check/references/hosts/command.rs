//! Hosts in the words of a command, or of a script's lines.

use super::{Host, of_setting};
use crate::facts::clients::{self, Client};

/// Words of a shell behind which a command begins, and programs that run another one.
const BEFORE_COMMANDS: [&str; 11] = ["!", "do", "elif", "else", "exec", "if", "sudo", "then", "time", "until", "while"];

/// A command whose words are read in their order.
#[derive(Default)]
pub(super) struct Command<'t> {
    /// The program that runs, without its folder; none where the next word is one.
    program: Option<&'t str>,
    /// What it is known to be told.
    client: Option<&'static Client>,
    /// The option whose value the next word is.
    option: Option<&'t str>,
    /// Whether the program has its host.
    has_host: bool,
    /// Whether the next word is its port.
    awaits_port: bool,
}

impl<'t> Command<'t> {
    /// Reads a word of a container's command or arguments, which may be a whole script.
    pub(super) fn read(&mut self, text: &'t str, out: &mut Vec<Host<'t>>) {
        if text.contains([' ', '\n']) {
            script(text, out);
            self.option = None;
        } else {
            self.word(text, out);
        }
    }

    fn word(&mut self, word: &'t str, out: &mut Vec<Host<'t>>) {
        if word.contains("://") {
            self.has_host = true;
            let option = self.option.take().unwrap_or_default();
            let (key, url) = word.split_once('=').filter(|(key, _)| !key.contains(':')).unwrap_or((option, word));
            return of_setting(key, url, out);
        }
        if let Some(option) = self.option.take().filter(|_| !word.starts_with('-')) {
            return match option {
                option if self.takes(option) => {
                    self.has_host = true;
                    out.extend(Host::of(word, true));
                }
                option => of_setting(option, word, out),
            };
        }
        if let Some((key, value)) = word.split_once('=') {
            return match key {
                key if self.takes(key) => out.extend(Host::of(value, true)),
                key => of_setting(key, value, out),
            };
        }
        let awaits_port = std::mem::take(&mut self.awaits_port);
        let is_option = word.starts_with(['-', '+']);
        match self.client {
            None if self.program.is_none() && !is_option => {
                let program = word.rsplit('/').next().unwrap_or(word);
                (self.program, self.client) = (Some(program), clients::of(program));
            }
            _ if word.starts_with("--") || self.takes(word) => self.option = Some(word),
            Some(client) if is_option && client.listens(word) => self.has_host = true,
            Some(client) if !is_option && client.first => match Host::of(word, true) {
                Some(host) if !self.has_host => {
                    (self.has_host, self.awaits_port) = (true, host.port.is_none());
                    out.push(host);
                }
                _ if awaits_port => {
                    if let Some(host) = out.last_mut() {
                        host.port = word.parse::<i32>().ok().filter(|port| (1..=65535).contains(port));
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// Whether the value of an option of the program is its host.
    fn takes(&self, option: &str) -> bool {
        self.client.is_some_and(|client| client.takes(option))
    }
}

/// The hosts that a script's commands name.
pub(super) fn script<'t>(text: &'t str, out: &mut Vec<Host<'t>>) {
    // A line goes on behind a backslash.
    let mut command = Command::default();
    for line in text.lines() {
        if line.trim_start().starts_with('#') {
            continue;
        }
        let words = line.split_inclusive([' ', '\t', ';', '|', '&', '(', ')', '`']);
        for word in words {
            let ends = word.ends_with([';', '|', '&', '(', ')', '`']);
            let word = word.trim_end_matches([' ', '\t', ';', '|', '&', '(', ')', '`']).trim_matches(['"', '\'']);
            let is_before = command.program.is_none() && BEFORE_COMMANDS.contains(&word);
            // Echo tells people of hosts that it does not ask.
            let is_told = matches!(command.program, Some("echo" | "printf"));
            if !word.is_empty() && word != "\\" && !is_before && !is_told {
                command.word(word, out);
            }
            if ends {
                command = Command::default();
            }
        }
        if !line.ends_with('\\') {
            command = Command::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Command;

    fn found<'t>(words: &[&'t str]) -> Vec<(&'t str, Option<i32>)> {
        let (mut command, mut found) = (Command::default(), Vec::new());
        for word in words {
            command.read(word, &mut found);
        }
        found.iter().filter(|host| host.is_sure).map(|host| (host.name, host.port)).collect()
    }

    #[test]
    fn commands_name_hosts() {
        assert_eq!(
            found(&["sh", "-c", "until nc -z -w 2 db 5432; do echo waiting for nobody; sleep 2; done"]),
            [("db", Some(5432))]
        );
        assert_eq!(
            found(&["sh", "-c", "until mysqladmin ping -h mysql --silent; do sleep 1; done"]),
            [("mysql", None)]
        );
        assert_eq!(found(&["/bin/wait-for-it.sh", "db:3306", "--", "npm", "start"]), [("db", Some(3306))]);
        assert_eq!(found(&["pg_isready", "-h", "postgres", "-p", "5432"]), [("postgres", None)]);
        assert_eq!(
            found(&["serve", "--redis-addr", "redis:6379", "--db-host=db"]),
            [("redis", Some(6379)), ("db", None)]
        );
        assert_eq!(found(&["sh", "-c", "until nslookup db; do sleep 2; done; exec /app"]), [("db", None)]);
        assert_eq!(
            found(&["sh", "-c", "curl -f http://api:80/ready && \\\n wait-for web:80"]),
            [("api", Some(80)), ("web", Some(80))]
        );
        assert_eq!(found(&["redis-server", "--replicaof", "redis-0.redis", "6379"]), []);
    }

    #[test]
    fn other_words_are_no_hosts() {
        assert_eq!(found(&["sh", "-c", "ls -h data; echo nc db 1; # nc web 80\ncat a.conf"]), []);
        assert_eq!(found(&["sh", "-c", "nc -z $HOST 80; mysql -h ${DB} -u root; ping -c 1 8.8.8.8"]), []);
        assert_eq!(found(&["node", "server.js", "--config", "app.json", "start"]), []);
        assert_eq!(found(&["--host", "web", "--listen-host=web", "--name", "web"]), []);
    }
}
