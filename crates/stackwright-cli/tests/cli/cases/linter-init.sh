# A repository of one's own: its files are listed, and what comes next is said.
stackwright init shop
head -n 6 shop/Cargo.toml
grep -A 6 'One entry' shop/src/clusters.rs
ls -l shop/hooks/pre-commit | cut -c 1-10
# Again: what is there is the same, and stays.
stackwright init shop | wc -l
# What is there and isn't the same is never written over, and nothing beside it either.
echo '# mine' >> shop/justfile
rm shop/README.md
stackwright init shop
ls shop/README.md
mkdir taken && echo 'mine' > taken/README.md
stackwright init taken
ls -A taken
: > file
stackwright init file
mkdir -p src-taken && : > src-taken/src
stackwright init src-taken
# Where nobody can write.
stackwright init /dev/null/shop
# In the folder where one is, which gives it its name.
mkdir 'My Lab' && cd 'My Lab' && stackwright init > /dev/null
grep '^name' 'My Lab/Cargo.toml'
# Two clusters from one function.
stackwright init both --clusters dev,prod --kubernetes 1.35.4 --name two_clusters > /dev/null
grep -A 12 'One entry' both/src/clusters.rs
grep 'const KUBERNETES' both/src/clusters.rs
grep CARGO_BIN both/tests/committed.rs
# Machines of one's own.
stackwright init lab --machines --clusters lab > /dev/null
grep hosts lab/Cargo.toml
grep -A 10 'One entry' lab/src/clusters.rs
# Crates of a checkout.
mkdir -p checkout/crates/stackwright && : > checkout/crates/stackwright/Cargo.toml
stackwright init deep/er/shop --path checkout > /dev/null
grep path deep/er/shop/Cargo.toml
stackwright init by-path --path ./checkout/../checkout > /dev/null
grep 'stackwright = {' by-path/Cargo.toml
stackwright init lost --path file
stackwright init lost --path nowhere
# Names that are none.
stackwright init 2026
stackwright init 2026 --name 'a b'
stackwright init x --name test
stackwright init stackwright
stackwright init x --name 'a"b'
stackwright init x --clusters Dev
stackwright init x --clusters dev,prod,dev
stackwright init x --clusters dev,
stackwright init x --clusters 'a"b'
stackwright init x --clusters=-dev
stackwright init x --kubernetes 1.99
stackwright init x --kubernetes latest
stackwright init x --kubernetes '1.36"x'
stackwright init x --kubernetes 1.36 --machines
stackwright init ''
# None of these wrote anything.
ls
stackwright init --help
