#!/usr/bin/env bash
#
# Measures how containers start: benchmarks/start-up.sh [rounds]. Wants a quiet Linux machine and a built tree.
# The README shows figures.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=${1:-10}
work=$(mktemp -d)
export ACTIUM_STATE=$work/state
trap './actium stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

# Median of the numbers on standard input.
median() {
    sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# What stands before a text on a line of a file: figure <file> <regular expression with one group>
figure() {
    sed -nE "s/.*$2.*/\\1/p" "$1" | sort -n | tail -n 1
}

descriptor() {
    sed "s/runtimes=\"2\"/runtimes=\"$1\"/" bundles/org.actium.examples.hello/src/main/resources/hello.xml
}

for children in 1 2; do
    descriptor "$children" >"$work/$children.xml"
done
./actium run hello >/dev/null # builds, and prepares the start-up

for children in 1 2; do
    for ((round = 0; round < rounds; round++)); do
        ./actium run hello --descriptor "$work/$children.xml" >"$work/out"
        figure "$work/out" '\[ *([0-9.]+) s\] deploying' >>"$work/deploying"
        figure "$work/out" 'joined after ([0-9]+) ms' >>"$work/joined-$children"
        figure "$work/out" 'first node ready after ([0-9.]+) s' >>"$work/first-$children"
        figure "$work/out" 'result after ([0-9.]+) s' >>"$work/result-$children"
    done
done
for ((round = 0; round < 3; round++)); do
    ./actium run nbody >"$work/out"
    figure "$work/out" 'first node ready after ([0-9.]+) s' >>"$work/first-nbody"
    figure "$work/out" 'result after ([0-9.]+) s' >>"$work/result-nbody"
done

for ((round = 0; round < rounds; round++)); do
    begun=${EPOCHREALTIME//[!0-9]/}
    ./actium start --http-port 0 >"$work/out"
    ended=${EPOCHREALTIME//[!0-9]/}
    echo $(((ended - begun) / 1000)) >>"$work/start"
    awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$(figure "$work/out" 'pid ([0-9]+),')/status" >>"$work/rss-admin"
    id=$(./actium deploy "$work/1.xml" | sed -nE 's/^(d[0-9]+) READY/\1/p')
    child=$(./actium deployments --json | sed -nE 's/.*process ([0-9]+).*/\1/p')
    awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$child/status" >>"$work/rss-node"
    awk -v hertz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hertz }' "/proc/$child/stat" >>"$work/cpu-node"
    ./actium undeploy "$id" >/dev/null
    ./actium stop >/dev/null
done

cat <<END
rounds: $rounds, medians; $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg)
actium run, until it deploys                    $(median <"$work/deploying") s
child, from its launch until it has joined      $(median <"$work/joined-1") ms
  the slower of two started together            $(median <"$work/joined-2") ms
  memory when its node is ready (RSS)           $(median <"$work/rss-node") MB
  processor time until then                     $(median <"$work/cpu-node") s
actium run hello, one child: first node, result $(median <"$work/first-1") s, $(median <"$work/result-1") s
  two children                                  $(median <"$work/first-2") s, $(median <"$work/result-2") s
actium run nbody: first node, result            $(median <"$work/first-nbody") s, $(median <"$work/result-nbody") s
actium start, until it returns                  $(median <"$work/start") ms
  memory of the admin container (RSS)           $(median <"$work/rss-admin") MB
END
