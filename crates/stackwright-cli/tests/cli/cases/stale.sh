# What is no longer rendered is removed, and the folders that this leaves empty.
stackwright render --out out
CLUSTERS=changed stackwright verify --out out | grep '^out'
CLUSTERS=changed stackwright render --out out
find out/lab -type d | sort
CLUSTERS=changed stackwright verify --out out
# A file of someone else's in such a folder stays.
echo mine > out/edge/notes.txt
CLUSTERS=lab-only stackwright render --out out
find out/edge
CLUSTERS=lab-only stackwright verify --out out
