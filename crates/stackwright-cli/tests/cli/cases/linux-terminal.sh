# Off a terminal nothing is coloured, and there is nothing but ASCII.
stackwright render --out out 2>/dev/null && echo mine >> out/lab/machines/up.sh
stackwright verify --out out 2>&1 | LC_ALL=C grep -c "$(printf '[\033\200-\377]')"
# On one there is colour, unless someone minds.
script -qec 'stackwright list' /dev/null | cat -v
script -qec 'stackwright verify --out out' /dev/null | cat -v
script -qec 'NO_COLOR=1 stackwright list' /dev/null | cat -v
script -qec 'NO_COLOR=1 stackwright verify --out out' /dev/null | cat -v
script -qec 'TERM=dumb stackwright verify --out out' /dev/null | cat -v | head -n 1
