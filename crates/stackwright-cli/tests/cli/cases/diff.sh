# What the code changes against what is committed: the worst first, with the line of code that makes the object.
git init --quiet --initial-branch main .
CLUSTERS=flux-opens homelab render --out rendered && git add --all && git -c user.name=ada -c user.email=ada@example.org commit --quiet --message first
CLUSTERS=flux-opens homelab diff
CLUSTERS=flux-opens homelab diff rendered
CLUSTERS=flux-later homelab diff
CLUSTERS=flux-later homelab diff main --format markdown
CLUSTERS=flux-later homelab diff --format github --fail-on removed
CLUSTERS=flux-later homelab diff --format json | head -n 32
# What is weaker for the whole cluster is an annotation, at the code that makes it.
CLUSTERS=flux-wider homelab diff | tail -n 2
CLUSTERS=flux-wider homelab diff --format github | grep weaker
# A side is named as a revision, as a path in one, or as what lies here.
CLUSTERS=flux-later homelab diff mian
CLUSTERS=flux-later homelab render --out rendered --force && CLUSTERS=flux-later homelab diff HEAD:rendered/lab/web rendered/lab/web
CLUSTERS=flux-later homelab diff HEAD:rendered/lab/wbe rendered/lab/web
cd rendered && CLUSTERS=flux-later homelab diff --out . 2>&1 | tail -n 1
# A way in that goes was read from a file, and is told at the code that no longer makes it.
cd .. ; CLUSTERS=open-port homelab render --out open && CLUSTERS=lab-only homelab diff open
