# A folder with files of someone else's: those in the way are refused, all others stay.
mkdir -p out/lab out/edge && echo mine > out/lab/README.md && echo mine > out/notes.txt && echo mine > out/edge/README.md
stackwright render --out out
find out -type f | sort
stackwright render --out out --force
cat out/notes.txt
stackwright verify --out out
# Names that begin with a dot are tools' own.
rm out/notes.txt && mkdir out/lab/machines/.vagrant && touch out/lab/machines/.vagrant/id out/.DS_Store
stackwright verify --out out
