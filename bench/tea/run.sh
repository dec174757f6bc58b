#!/bin/sh
# The Go code of msdktea against the same loops in C: compiles both, runs them in turn, and prints the speed of the Go code as a ratio of that
# of the C code, from the best time of each. It needs a C compiler ($CC, or cc); the number of turns is the argument, 3 if there is none.
set -eu
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${CC:-cc}" -O3 -o "$folder/c" tea.c
go -C ../.. test -c -o "$folder/go" ./templates/support
turn=0
while [ "$turn" -lt "${1:-3}" ]; do
	"$folder/c" 2>/dev/null | sed 's/^/c /'
	# The tests read files beside them, so they run where they stand.
	(cd ../../templates/support && "$folder/go" -test.run '^$' -test.bench '^BenchmarkTea$' -test.benchtime 10ms -test.count 20) |
		awk '/ns\/op/ { sub(/^BenchmarkTea\//, ""); sub(/-[0-9]+$/, "", $1); print "go", $1, $3, $(NF - 1) }'
	turn=$((turn + 1))
done | awk '
	!(($1, $2) in best) || $3 < best[$1, $2] { best[$1, $2] = $3 }
	$1 == "go" { allocations[$2] = $4 }
	$1 == "c" && !seen[$2]++ { names[++n] = $2 }
	END {
		for (i = 1; i <= n; i++) {
			k = names[i]; split(k, part, "/")
			printf "%-14s Go %9.1f ns  C %9.1f ns  Go/C speed %.2f  Go %.0f MB/s  allocations %s\n",
				k, best["go", k], best["c", k], best["c", k] / best["go", k], part[2] / best["go", k] * 1000, allocations[k]
		}
	}'
