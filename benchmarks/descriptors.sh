#!/usr/bin/env bash
#
# Measures how long descriptors take: benchmarks/descriptors.sh [--publish]. Wants a quiet machine and a built tree; --publish
# writes the figures into docs/measurements/descriptors.md. MAVEN_ARGS may hold options for Maven.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly ROUNDS=5
readonly JVMS=10000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A descriptor of many JVMs, each with a variable in its reference.
large() {
    echo "<actium xmlns='urn:actium:deployment:1'><variables><descriptorVariable name='ID' value='local'/></variables>"
    echo "<virtualNode name='all'>"
    seq -f "<vmName value='jvm%g'/>" 1 $JVMS
    echo "</virtualNode>"
    seq -f "<jvm name='jvm%g'><processReference refid='\${ID}'/></jvm>" 1 $JVMS
    echo "<processDefinition id='local'><jvmProcess/></processDefinition></actium>"
}

# What a command takes, round by round: milliseconds in all (on a processor).
rounds() {
    local round TIMEFORMAT='%R %U %S'
    for ((round = 0; round < ROUNDS; round++)); do
        { time "$@" >/dev/null 2>&1 || true; } 2>&1
    done | awk '{ printf "%s%d (%d)", NR == 1 ? "" : ", ", $1 * 1000, ($2 + $3) * 1000 }'
}

large >"$work/large.xml"
mvn -B -ntp surefire:test -pl bundles/org.actium.deployment.core -Dtest=LargePlanTest -Dactium.rounds=$ROUNDS \
    >"$work/test.log" || { cat "$work/test.log"; exit 1; }
output=bundles/org.actium.deployment.core/target/surefire-reports/org.actium.deployment.core.LargePlanTest-output.txt
[[ -f $output ]] || output=$work/test.log
inside=$(sed -nE 's/.*planned in ([0-9]+) ms, of which ([0-9]+) ms.*/\1 (\2)/p' "$output" | paste -sd,)
./actium validate descriptors/local.xml >/dev/null # makes the start-up cache
small=$(rounds ./actium validate descriptors/local.xml)
big=$(rounds ./actium validate "$work/large.xml")

cat >"$work/figures" <<END
$(date +%F), $(git describe --always --dirty=+), $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg); $ROUNDS rounds each,
milliseconds in all and, in brackets, on a processor. The first round of the first line is that of a JVM that has read no
descriptor before.

| what | goal | rounds |
|---|---|---|
| read, resolve and plan $JVMS JVMs, in one JVM | 1000 | ${inside//,/, } |
| \`./actium validate descriptors/local.xml\`, from the call until the prompt is back | 500 | $small |
| \`./actium validate\` of the $JVMS JVMs, likewise | none | $big |
END
cat "$work/figures"
if [[ ${1:-} == --publish ]]; then
    page=docs/measurements/descriptors.md
    sed -e '/^<!-- figures -->$/,/^<!-- end -->$/{/^<!--/!d}' -e "/^<!-- figures -->$/r $work/figures" -i "$page"
fi
