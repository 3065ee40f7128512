# Recipes are shortcuts: README.md has the same commands as plain cargo.

# List the recipes.
default:
    @just --list

# Write every cluster into rendered/.
render:
    cargo run -- render --out rendered

# Is rendered/ what the code renders?
verify:
    cargo run -- verify

# Run the tests, all of them: a snapshot that changed shows the others, too.
test:
    cargo test --no-fail-fast

# Look at changed snapshots one by one and accept or reject them.
review:
    cargo insta review

# Formatting and lints, as CI holds them.
lint:
    cargo fmt --check
    cargo clippy --workspace --all-targets -- -D warnings

# Write the types of a project's CRDs anew, such as `just crds metallb checkout/config/crd/bases`; sources.md beside them has the files of each.
crds NAME +FILES:
    cargo run --package stackwright-cli --bin stackwright -- types --docs none --newest {{FILES}} > target/{{NAME}}.rs
    mv target/{{NAME}}.rs crates/stackwright-crds/src/{{NAME}}.rs
    cargo fmt --package stackwright-crds
    REFRESH=1 cargo test --package stackwright-cli --test types

# What we write, read by the programs that it is for, with all that CI leaves out (Debian with root; hours).
e2e:
    e2e/run --whole

# Flux' own controllers take what is rendered for them (Go builds them first, which takes minutes).
flux:
    e2e/flux/prove

# Everything that CI runs.
ci:
    .ci/run
