# What is no file is never written through or over, not even by force.
mkdir -p out/lab/README.md elsewhere && ln -s ../elsewhere out/edge && mkfifo out/lab/web
stackwright render --out out --force
find out elsewhere | sort
rm -r out && mkdir -p out/lab/machines && ln -s ../../../elsewhere/up.sh out/lab/machines/up.sh
stackwright render --out out --force
# A folder that is a file, or cannot be.
echo mine > file && stackwright render --out file
stackwright render --out file/below
stackwright verify --out nowhere
# A link to the folder itself is the user's choice.
mkdir real && ln -s real link && stackwright render --out link && stackwright verify --out real
