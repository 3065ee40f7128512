use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value as Json;

use super::{HTML, LANGUAGES, Language, template};

/// What a template becomes with this as its `value`.
fn filled(path: &str, source: &str, value: &str) -> Result<String, String> {
    let values = BTreeMap::from([("value", value)]);
    template(path, source, &values).map(|file| file.text).map_err(|error| error.to_string())
}

#[track_caller]
fn assert_written(path: &str, cases: &[(&str, &str)]) {
    for (value, expected) in cases {
        assert_eq!(filled(path, "{{ value }}", value).as_deref(), Ok(*expected), "{value:?} in {path}");
    }
}

/// Each case is the template, the value and the file.
#[track_caller]
fn assert_filled(path: &str, cases: &[(&str, &str, &str)]) {
    for (source, value, expected) in cases {
        assert_eq!(filled(path, source, value).as_deref(), Ok(*expected), "{value:?} in {source:?}");
    }
}

#[track_caller]
fn assert_refused(path: &str, source: &str, values: &[&str]) {
    for value in values {
        let error = filled(path, source, value).expect_err(source);
        assert!(error.starts_with(&format!("template of `{path}` line ")), "{error}");
        assert!(error.contains(", value `value`: "), "{error}");
    }
}

#[test]
fn a_shell_reads_each_value_as_one_inert_word() {
    assert_written(
        "run.sh",
        &[
            ("kube-node1", "kube-node1"),
            ("192.168.56.0/24", "192.168.56.0/24"),
            ("", "''"),
            ("two words", "'two words'"),
            ("$(reboot)", "'$(reboot)'"),
            ("`reboot`", "'`reboot`'"),
            ("$HOME", "'$HOME'"),
            ("it's", r"'it'\''s'"),
            ("a\nb", "'a\nb'"),
            ("*", "'*'"),
            ("A=b", "'A=b'"),
            ("~root", "'~root'"),
        ],
    );
    assert_refused("run.sh", "{{ value }}", &["-rf", "--help", "a\0b"]);
}

#[test]
fn where_a_shell_quotes_already_or_evaluates_only_a_name_can_stand() {
    let sources = [
        "echo \"{{ value }}\"",
        "echo '\n{{ value }}'",
        "cat <<END\n{{ value }}\nEND\n",
        "cat <<-'END' >file\n\t{{ value }}\nEND\n",
        "echo $(( 1 + {{ value }} ))",
        "[[ $count -gt {{ value }} ]]",
        "[[ {{ value }} -eq 1 ]]",
        "let x={{ value }}",
        "echo `ls {{ value }}`",
    ];
    for source in sources {
        assert_refused("run.sh", source, &["a[$(reboot)]", "a b", "$x"]);
        assert_eq!(filled("run.sh", source, "name"), Ok(source.replace("{{ value }}", "name")));
    }
    assert_refused("run.sh", "echo ${{ value }}", &["HOME"]);
    assert_filled(
        "run.sh",
        &[
            ("cat <<END\nit's\nEND\necho {{ value }}", "a b", "cat <<END\nit's\nEND\necho 'a b'"),
            ("cat <<<\"x\"\necho {{ value }}", "a b", "cat <<<\"x\"\necho 'a b'"),
            ("echo $((1 << 3))\necho {{ value }}", "a b", "echo $((1 << 3))\necho 'a b'"),
            ("echo it\\'s {{ value }}", "a b", "echo it\\'s 'a b'"),
            ("echo $# {{ value }}", "a b", "echo $# 'a b'"),
            ("# it's {{ value }}", "a b", "# it's a b"),
        ],
    );
    assert_refused("run.sh", "# {{ value }}", &["a\nreboot", "a\rb", "a\\"]);
}

#[test]
fn ruby_reads_each_value_as_one_string() {
    assert_written(
        "machines/Vagrantfile",
        &[
            ("kube-node1", "\"kube-node1\""),
            ("", "\"\""),
            ("it's", "\"it's\""),
            ("#{reboot}", "'#{reboot}'"),
            ("say \"hi\"", "'say \"hi\"'"),
            (r"C:\temp", r"'C:\\temp'"),
            ("\"it's\"", r#"'"it\'s"'"#),
            ("a\nb", "'a\nb'"),
            // Ruby makes one line break of the two, in quotes, too.
            ("a\r\nb#{c}", r#""a\r\nb\#{c}""#),
            ("-rf", "\"-rf\""),
        ],
    );
    assert_refused("x.rb", "{{ value }}", &["a\0b"]);
    assert_refused("x.rb", "puts \"{{ value }}\"", &["#{reboot}", "a b"]);
    assert_filled("x.rb", &[("list << {{ value }}", "a b", "list << \"a b\"")]);
}

#[test]
fn formats_without_quoting_take_plain_words_only() {
    for path in ["inventory.ini", "exports", "hosts"] {
        assert_written(path, &[("kube-node1", "kube-node1"), ("192.168.56.0/24", "192.168.56.0/24")]);
        assert_refused(
            path,
            "{{ value }}",
            &["", "two words", "a\nb", "$(reboot)", "it's", "#x", "-x", "{{ x }}", "[group]"],
        );
    }
}

#[test]
fn data_has_no_template() {
    for path in ["values.yaml", "releases/values.yml", "package.json", "config.toml"] {
        assert_eq!(filled(path, "a: {{ value }}", "b").unwrap_err(), format!("`{path}` is data, and has no template"));
    }
}

#[test]
fn nginx_reads_each_value_as_one_argument() {
    assert_filled(
        "edge/nginx.conf",
        &[
            ("return 200 {{ value }};", "say \"hi\"; \\ it's #", "return 200 \"say \\\"hi\\\"; \\\\ it's #\";"),
            ("return 200 {{ value }};", "name", "return 200 name;"),
            ("server_name {{ value }};", "a.example", "server_name a.example;"),
            ("proxy_pass http://{{ value }}/;", "10.0.0.1:80", "proxy_pass http://10.0.0.1:80/;"),
            (
                "log_format x '$host \"a\"'; return 200 {{ value }};",
                "a b",
                "log_format x '$host \"a\"'; return 200 \"a b\";",
            ),
            ("server { # it's\n  auth_basic {{ value }};", "a b", "server { # it's\n  auth_basic \"a b\";"),
        ],
    );
    assert_refused("nginx.conf", "return 200 {{ value }};", &["$host", "a\nb", "\0", "\u{85}"]);
    assert_refused("nginx.conf", "root /srv/{{ value }};", &["a b", ";"]);
    assert_refused("nginx.conf", "return 200 \"{{ value }}\";", &["a b", ";"]);
    assert_refused("nginx.conf", "location {{ value }} {", &["~x", "= /", "/a b", "@x"]);
    assert_refused("nginx.conf", "listen {{ value }};", &["80; root /", "80 ssl"]);
    assert_refused("nginx.conf", "map $a $b {\n  {{ value }} 1;", &["~x", "default", "include", "a b"]);
    assert!(filled("nginx.conf", "return 200 {{ value }};", &"x".repeat(5000)).is_err());
}

#[test]
fn systemd_reads_a_value_as_its_key_does() {
    assert_filled(
        "app.service",
        &[
            ("ExecStart=/bin/app {{ value }}\n", "100% \"$x\" \\", "ExecStart=/bin/app \"100%% \\\"$$x\\\" \\\\\"\n"),
            ("ExecStart=:/bin/app {{ value }}\n", "$x", "ExecStart=:/bin/app \"$x\"\n"),
            ("ExecStart=/bin/app \\\n  {{ value }}\n", "a\nb", "ExecStart=/bin/app \\\n  \"a\\nb\"\n"),
            ("ExecStart=-{{ value }} run\n", "/bin/app", "ExecStart=-/bin/app run\n"),
            ("Environment=NAME={{ value }}\n", "$x %n", "Environment=NAME=\"$x %%n\"\n"),
            ("Environment={{ value }}\n", "NAME=a b", "Environment=\"NAME=a b\"\n"),
            ("Description={{ value }}\n", "it's 100% \"new\"", "Description=it's 100%% \"new\"\n"),
            ("OnCalendar={{ value }}\n", "Mon *-*-* 02:00", "OnCalendar=Mon *-*-* 02:00\n"),
            ("WorkingDirectory={{ value }}\n", "/srv", "WorkingDirectory=/srv\n"),
            ("# {{ value }}\n", "it's 5%", "# it's 5%\n"),
        ],
    );
    assert_refused("app.service", "ExecStart={{ value }} run\n", &["/bin/a b", "%h/app", "$SHELL"]);
    assert_refused("app.service", "ExecStart=/bin/app \"{{ value }}\"\n", &["a b", "\""]);
    assert_refused("app.service", "ExecStart=/bin/app {{ value }}\n", &["\0", "\u{fffe}"]);
    assert_refused("app.service", "Environment={{ value }}\n", &["b", "1=b", "", "a b=c"]);
    assert_refused("app.service", "Description={{ value }}\n", &["a\nExecStart=/bin/sh", "a\\", " a", "a ", ""]);
    assert_refused("app.service", "WorkingDirectory={{ value }}\n", &["/a b", "%h", "~/$x"]);
    assert_refused("app.service.d/10-more.conf", "[{{ value }}]\n", &["Service]\nUser=root"]);
}

#[test]
fn nftables_quotes_comments_interfaces_and_prefixes() {
    assert_filled(
        "rules.nft",
        &[
            ("iifname {{ value }} accept", "mark", "iifname \"mark\" accept"),
            ("iifname != { \"lo\", {{ value }} } accept", "eth0", "iifname != { \"lo\", \"eth0\" } accept"),
            ("accept comment {{ value }}\n", "it's; # $x }", "accept comment \"it's; # $x }\"\n"),
            ("log prefix {{ value }} level info", "drop: ", "log prefix \"drop: \" level info"),
            ("ip saddr {{ value }} drop", "10.0.0.0/8", "ip saddr 10.0.0.0/8 drop"),
        ],
    );
    assert_refused(
        "rules.nft",
        "iifname {{ value }} accept",
        &["eth*", "a b", "a/b", "sixteen-bytes-xx", "", "$x", "a\nb"],
    );
    assert_refused("rules.nft", "accept comment {{ value }}", &["\"", "a\nb", &"x".repeat(129)]);
    assert_refused("rules.nft", "log prefix {{ value }}", &["$x", "\"", &"x".repeat(128)]);
    assert_refused("rules.nft", "ip saddr {{ value }} drop", &["10.0.0.1 accept", "{ 1.1.1.1 }", "@set", "a;b"]);
}

#[test]
fn a_dockerfile_quotes_as_each_instruction_reads() {
    assert_filled(
        "Dockerfile",
        &[
            ("ENV NAME={{ value }}\n", "say \"$x\" \\", "ENV NAME=\"say \\\"\\$x\\\" \\\\\"\n"),
            ("LABEL a=b \\\n  name={{ value }}\n", "it's", "LABEL a=b \\\n  name=\"it's\"\n"),
            ("CMD [\"app\", {{ value }}]\n", "$x\n\"", "CMD [\"app\", \"$x\\n\\\"\"]\n"),
            ("RUN --mount=type=cache,target=/x app {{ value }}\n", "$x", "RUN --mount=type=cache,target=/x app '$x'\n"),
            (
                "HEALTHCHECK --interval=5s CMD [\"app\", {{ value }}]\n",
                "a b",
                "HEALTHCHECK --interval=5s CMD [\"app\", \"a b\"]\n",
            ),
            ("FROM {{ value }}\n", "python@sha256:00", "FROM python@sha256:00\n"),
        ],
    );
    assert_refused("Dockerfile", "ENV NAME={{ value }}\n", &["a\nRUN reboot", "\0"]);
    assert_refused("Dockerfile", "ENV NAME {{ value }}\n", &["a b", "$x"]);
    assert_refused("Dockerfile", "WORKDIR {{ value }}\n", &["/a b", "$HOME", "a\\"]);
    assert_refused("Dockerfile", "RUN app {{ value }}\n", &["a\nb", "-x"]);
    assert_refused("Dockerfile", "RUN <<EOF\napp {{ value }}\nEOF\n", &["a b", "$x"]);
    assert_refused("Dockerfile", "# escape=`\nFROM a\nENV A={{ value }}\n", &["b", "a b"]);
    assert_refused("Dockerfile", "SHELL [\"powershell\"]\nRUN a {{ value }}\n", &["b", "a b"]);
}

#[test]
fn python_and_javascript_have_literals() {
    let values = Json::from_iter([
        ("on", Json::from(true)),
        ("text", "it's \"</script>\"\u{2028}".into()),
        ("half", 0.5.into()),
    ]);
    let source = "{{ on }}, {{ half }}, {{ text }}";
    let text = |path| template(path, source, &values).expect("all can be said").text;
    assert_eq!(text("tool.py"), "True, 0.5, \"it's \\\"</script>\\\"\\u2028\"");
    assert_eq!(text("tool.js"), "true, 0.5, \"it's \\\"\\u003c/script\\u003e\\\"\\u2028\"");
    assert_refused("tool.py", "'''\n{{ value }}'''", &["\"", "a b"]);
    assert_refused("tool.js", "`\n${ {{ value }} }`", &["\"", "a b"]);
    assert_refused("tool.js", "/* {{ value }} */", &["*/ reboot() /*"]);
    assert_refused("tool.js", "// {{ value }}", &["a\u{2028}reboot()"]);
}

#[test]
fn html_is_told_by_what_is_around_the_value() {
    assert_filled(
        "page.html",
        &[
            ("<p>{{ value }}</p>", "a < b & c", "<p>a &lt; b &amp; c</p>"),
            ("<p title=\"{{ value }}\">", "\"it's\"", "<p title=\"&#34;it&#39;s&#34;\">"),
            ("<a href='{{ value }}'>", "https://a.example/?b&c", "<a href='https://a.example/?b&amp;c'>"),
            (
                "<script>let a = {{ value }};</script>",
                "</script>",
                "<script>let a = \"\\u003c/script\\u003e\";</script>",
            ),
            ("<script>a('<p>')</script><p>{{ value }}</p>", "<", "<script>a('<p>')</script><p>&lt;</p>"),
        ],
    );
    for source in ["<p title={{ value }}>", "<p {{ value }}>", "<p onclick=\"{{ value }}\">", "<p style='{{ value }}'>"]
    {
        assert_refused("page.html", source, &["a", "a b", "alert(1)"]);
    }
    assert_refused("page.html", "<p class=it's title={{ value }}>", &["a", "x onclick=alert(1)"]);
    assert_refused(
        "page.html",
        "<a href=\"{{ value }}\">",
        &["javascript:alert(1)", " javascript:x", "java\nscript:x", "data:x"],
    );
    assert_refused("page.html", "<a href=\"java{{ value }}\">", &["script:alert(1)"]);
    assert_refused("page.html", "<meta http-equiv=refresh content=\"0;url={{ value }}\">", &["javascript:alert(1)"]);
    assert_refused("page.html", "<style>{{ value }}</style>", &["a"]);
    assert_refused("page.html", "<!-- {{ value }} -->", &["--> <script>"]);
    assert_refused("page.html", "<pre>{{ value }}</pre>", &["\na"]);
    assert_refused("page.html", "<p>{{ value }}", &["\0"]);
}

#[test]
fn a_name_without_a_value_is_an_error() {
    let none: BTreeMap<&str, &str> = BTreeMap::new();
    let error = template("run.sh", "#!/bin/sh\necho {{ missing }}\n", &none).unwrap_err();
    assert!(error.to_string().starts_with("template of `run.sh` line 2"), "{error}");
}

#[test]
fn a_list_is_not_one_value() {
    let values = BTreeMap::from([("value", vec!["a"])]);
    assert!(template("run.sh", "{{ value }}", &values).is_err());
}

#[test]
fn a_number_is_one_in_every_language() {
    let values = BTreeMap::from([("value", f64::NAN)]);
    assert!(template("tool.py", "{{ value }}", &values).is_err());
    assert_eq!(template("tool.py", "{{ value }}", BTreeMap::from([("value", -1.5)])).unwrap().text, "-1.5");
}

#[test]
fn what_is_refused_is_named_with_its_line() {
    let values = BTreeMap::from([("names", vec!["eth0", "eth 1"])]);
    let source = "{% for name in names %}\niifname {{ name }} accept\n{% endfor %}\n";
    let error = template("rules.nft", source, &values).unwrap_err();
    assert_eq!(
        error.to_string(),
        "template of `rules.nft` line 2, value `name`: `eth 1` cannot stand there: no interface has such a name"
    );
}

#[test]
fn a_block_with_values_is_no_value() {
    let source = "{% set words %}a {{ value }}{% endset %}echo {{ words }}";
    assert!(filled("run.sh", source, "b").unwrap_err().contains("is a block that has values of its own"));
    assert!(filled("run.sh", "echo \u{fdd0}0\u{fdd0}", "b").is_err());
}

#[test]
fn a_name_tells_one_language() {
    let of = |path: &str| {
        LANGUAGES.iter().filter(|language| language.is_of(path)).map(|language| language.name).collect::<Vec<_>>()
    };
    assert_eq!(of("edge/nginx/sites-available/course"), ["nginx"]);
    assert_eq!(of("nginx.conf"), ["nginx"]);
    assert_eq!(of("host/app.service.d/10-more.conf"), ["systemd"]);
    assert_eq!(of("app/Dockerfile"), ["a Dockerfile"]);
    assert_eq!(of("apache2/sites-available/course"), [""; 0]);
    assert_eq!(of("sysctl.conf"), [""; 0]);
    assert!(HTML.is_of("page.html") && !HTML.is_of("html"));
}

/// nginx' reader of an argument between quotes (`ngx_conf_read_token`).
fn nginx_argument(quoted: &str) -> Option<String> {
    let mut chars = quoted.strip_prefix('"')?.chars();
    let mut text = String::new();
    loop {
        match chars.next()? {
            '"' => return chars.as_str().is_empty().then_some(text),
            '\\' => match chars.next()? {
                char @ ('"' | '\'' | '\\') => text.push(char),
                char => text.extend(['\\', char]),
            },
            char => text.push(char),
        }
    }
}

proptest! {
    #[test]
    fn strings_are_read_back_by_json(value in ".*") {
        for (path, source) in [("tool.py", "{{ value }}"), ("tool.js", "{{ value }}"), ("Dockerfile", "CMD [{{ value }}]")] {
            if let Ok(text) = filled(path, source, &value) {
                let read: Json = serde_json::from_str(text.trim_start_matches("CMD [").trim_end_matches(']')).expect("a string");
                prop_assert_eq!(read.as_str(), Some(value.as_str()));
            }
        }
    }

    #[test]
    fn arguments_are_read_back_by_nginx(value in "[a-z \"'\\\\;{}#%\t]*") {
        let text = filled("nginx.conf", "return 200 {{ value }} ;", &value).expect("nginx can say it");
        let argument = text.trim_start_matches("return 200 ").trim_end_matches(" ;");
        let read = nginx_argument(argument).or_else(|| Some(argument.to_owned()));
        prop_assert_eq!(read, Some(value));
    }

    /// Whatever stands around it, in whatever language, a template is filled or refused.
    #[test]
    fn no_template_is_too_much(before in "[ -~\n]{0,40}", value in ".{0,10}", after in "[ -~\n]{0,10}") {
        for language in LANGUAGES.iter().chain([&Language::PLAIN]) {
            let source = format!("{}{{{{ value }}}}{}", before.replace('{', ""), after.replace('{', ""));
            if let Ok(file) = language.template("file", &source, BTreeMap::from([("value", &value)])) {
                prop_assert!(file.text.len() >= source.len() - "{{ value }}".len());
            }
        }
    }
}
