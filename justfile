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

# What we write, read by the programs that it is for (Debian with root; slow).
e2e:
    e2e/run

# Everything that CI runs.
ci:
    .ci/run
