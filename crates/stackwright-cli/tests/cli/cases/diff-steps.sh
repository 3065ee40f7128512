# What people do about a change comes in the order in which they do it.
git init --quiet --initial-branch main .
CLUSTERS=two homelab render --out rendered && git add --all && git -c user.name=ada -c user.email=ada@example.org commit --quiet --message first
CLUSTERS=changed homelab diff
CLUSTERS=changed homelab diff --format markdown
CLUSTERS=changed homelab diff --format sarif | sed -n '/"results"/,$p'
# What is no longer rendered stays in a cluster until somebody removes it.
CLUSTERS=changed homelab render --out rendered
CLUSTERS=changed homelab render --out rendered
# A commit says what is meant.
printf 'Fewer ports\n\nstackwright.dev/allow.removed Service web/hello: nobody asks it\nstackwright.dev/allow.by-hand: ada does it on Monday\nstackwright.dev/allow.everything: why not\n' > message
git add rendered && git -c user.name=ada -c user.email=ada@example.org commit --quiet --file message
CLUSTERS=changed homelab diff main~ --fail-on removed
CLUSTERS=changed homelab diff main~ --fail-on restart --format markdown
CLUSTERS=changed homelab diff main~ --format github
CLUSTERS=changed homelab diff main~ --format json | grep -c '"allowed": "nobody asks it"'
CLUSTERS=changed homelab diff main~ --format sarif | grep -c suppressions
