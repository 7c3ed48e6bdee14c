#!/usr/bin/env bash
#
# Measures how long deploying takes: benchmarks/deploy.sh [--publish] [--rounds N] [--only "1 4"] [--no-ssh]. Beside it, the same
# JVMs started bare: by this script, with a token each, all at once, until the last one has joined. Wants a quiet Linux machine
# and a built tree; over ssh it wants root and the programs of itests/testbed, and is left out without. --publish writes the
# figures into docs/measurements/deploy.md.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=3 sizes="1 4 16 32" ssh=yes publish=
while (($# > 0)); do
    case $1 in
        --publish) publish=yes ;;
        --rounds) rounds=$2; shift ;;
        --only) sizes=$2; shift ;;
        --no-ssh) ssh= ;;
        *) echo "deploy.sh does not know what to do with '$1'" >&2; exit 2 ;;
    esac
    shift
done
# for all of them: two processors may be busy for longer than they would wait by themselves
readonly PATIENCE=-Dactium.join.seconds=300
readonly JVM="<jvmProcess><jvmParameters><parameter value=\"$PATIENCE\"/></jvmParameters></jvmProcess>"
readonly HERE=10.77.0.254 HOSTS="host1 host2 host3 host4" PORT=4118
work=$(mktemp -d)
export ACTIUM_STATE=$work/state
home=$PWD/runtime-assembly/distribution/target/actium
actium=$home/bin/actium
bare=() # process ids of those started bare
up=     # whether the hosts are ours

clean() {
    ((${#bare[@]} == 0)) || kill "${bare[@]}" 2>/dev/null || true
    "$actium" stop >/dev/null 2>&1 || true
    [[ -z $up ]] || itests/testbed/hosts down >/dev/null
    rm -rf "$work"
}
trap clean EXIT

# Median of the numbers on standard input.
median() {
    sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

now() {
    echo "${EPOCHREALTIME//[!0-9]/}"
}

# A descriptor of so many JVMs that a process starts: descriptor <runtimes> <process definitions; the first is called "way">
descriptor() {
    cat <<END
<actium xmlns="urn:actium:deployment:1">
  <virtualNode name="workers" timeout="600000"><vmName value="worker"/></virtualNode>
  <jvm name="worker" runtimes="$1"><processReference refid="way"/></jvm>
  $2
</actium>
END
}

# Seconds from the moment at which deploying began until the virtual node was ready.
deployed() {
    "$actium" run hello "$@" >"$work/out"
    awk -F'[][ ]+' '/ deploying / { begun = $2 } /: ready with / { print $2 - begun; exit }' "$work/out"
}

# Waits until so many of those started bare have joined; false if one has given up, as on a machine that is too busy.
await_ready() {
    local ready=0
    while ((ready < $1)); do
        sleep 0.02
        ready=$(cat "$work"/bare-* | grep -c '^ready$' || true)
        if grep -hv '^ready$' "$work"/bare-* >"$work/last-words"; then
            sed 's/^/gave up: /' "$work/last-words" >&2
            return 1
        fi
    done
}

# Seconds for so many JVMs of this host.
bare_local() {
    local begun ended i tokens result=0
    rm -f "$work"/bare-*
    mapfile -t tokens < <("$actium" token --count "$1")
    begun=$(now)
    for ((i = 0; i < $1; i++)); do
        "$JAVA_HOME/bin/java" "@$home/conf/node.jvm" "-XX:AOTCache=$home/lib/node.aot" "$PATIENCE" -cp "$home/lib/org.actium.launcher.jar" \
            org.actium.launcher.Main daemon --name "bare$i" --join "127.0.0.1:$PORT" --listen 127.0.0.1:0 \
            <<<"${tokens[i]}" >"$work/bare-$i" 2>/dev/null &
        bare+=($!)
    done
    await_ready "$1" || result=1
    ended=$(now)
    kill "${bare[@]}" 2>/dev/null || true
    wait "${bare[@]}" || true
    bare=()
    ((result)) || echo $((ended - begun)) | awk '{ print $1 / 1000000 }'
}

# Seconds for two JVMs on each host, with the runtime that a deployment has brought there.
bare_ssh() {
    local begun ended i=0 host tokens inputs=() input result=0
    rm -f "$work"/bare-* "$work"/in-*
    mapfile -t tokens < <("$actium" token --count 8)
    begun=$(now)
    for host in $HOSTS $HOSTS; do
        mkfifo "$work/in-$i"
        # shellcheck disable=SC2016 # for the shell there
        ssh -T "$host" 'read -r token; home=$(ls -td ~/.cache/actium/runtime/*/ | head -n 1); export ACTIUM_STATE=$(mktemp -d)
            printf "%s\n" "$token" | '"$JAVA_HOME"'/bin/java "@${home}conf/node.jvm" '"$PATIENCE"' -cp "${home}lib/org.actium.launcher.jar" \
                org.actium.launcher.Main daemon --join '"$HERE:$PORT"' --listen 0.0.0.0:0 2>/dev/null &
            cat >/dev/null; kill $!; wait; rm -rf "$ACTIUM_STATE"' <"$work/in-$i" >"$work/bare-$i" &
        exec {input}>"$work/in-$i"
        inputs+=("$input")
        echo "${tokens[i]}" >&"$input"
        i=$((i + 1))
    done
    await_ready 8 || result=1
    ended=$(now)
    for input in "${inputs[@]}"; do
        exec {input}>&-
    done
    wait
    ((result)) || echo $((ended - begun)) | awk '{ print $1 / 1000000 }'
}

# A row: what, number, medians of both, and what the goal allows.
row() {
    if [[ ! -s $work/bare.$3 ]]; then
        printf '| %s | gave up joining | %.2f s | | %s |\n' "$1" "$(median <"$work/deployed.$3")" \
            "$(awk -v n="$2" 'BEGIN { printf "%.1f s", 0.5 + 0.1 * n }')"
        return
    fi
    awk -v what="$1" -v n="$2" -v bare="$(median <"$work/bare.$3")" -v deployed="$(median <"$work/deployed.$3")" 'BEGIN {
        printf "| %s | %.2f s | %.2f s | %+.2f s | %.1f s |\n", what, bare, deployed, deployed - bare, 0.5 + 0.1 * n }'
}

"$actium" run hello >"$work/out" # prepares the start-up
JAVA_HOME=$(sed -nE 's/^[0-9]+ [0-9]+ (.*)/\1/p' "$home/lib/node.aot.key")
export JAVA_HOME
"$actium" start --listen "127.0.0.1:$PORT" --http-port 0 >"$work/out"
for n in $sizes; do
    descriptor "$n" "<processDefinition id=\"way\">$JVM</processDefinition>" >"$work/$n.xml"
    for ((round = 0; round < rounds; round++)); do
        bare_local "$n" >>"$work/bare.$n"
        deployed --descriptor "$work/$n.xml" >>"$work/deployed.$n"
    done
done
descriptor 1 '<processDefinition id="way"><jvmProcess/></processDefinition>' >"$work/one.xml"
for ((round = 0; round < rounds; round++)); do
    id=$("$actium" deploy "$work/one.xml" | sed -nE 's/^(d[0-9]+) READY/\1/p')
    child=$("$actium" deployments --json | sed -nE 's/.*process ([0-9]+).*/\1/p')
    awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$child/status" >>"$work/memory"
    awk -v hertz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hertz }' "/proc/$child/stat" >>"$work/processor"
    "$actium" undeploy "$id" >/dev/null
done
"$actium" stop >/dev/null

[[ $(id -u) == 0 ]] || ssh=
if [[ -n $ssh ]]; then
    [[ -n $(itests/testbed/hosts list 2>/dev/null) ]] || up=yes
    itests/testbed/hosts up 4 >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
    descriptor 1 "<processDefinition id=\"way\"><processListbyHost hostlist=\"host[1-4]\" repeat=\"2\"><processReference
        refid=\"local\"/></processListbyHost></processDefinition><processDefinition id=\"local\">$JVM</processDefinition>" \
        >"$work/ssh.xml"
    deployed --listen "$HERE:0" --descriptor "$work/ssh.xml" >/dev/null # brings the runtime
    "$actium" start --listen "$HERE:$PORT" --http-port 0 >"$work/out"
    for ((round = 0; round < rounds; round++)); do
        bare_ssh >>"$work/bare.ssh"
        deployed --listen "$HERE:0" --descriptor "$work/ssh.xml" >>"$work/deployed.ssh"
    done
fi

{
    echo "$(date +%F), $(git describe --always --dirty=+), $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg);" \
        "medians of $rounds."
    echo
    echo "| what | bare | deployed | more | goal: at most |"
    echo "|---|---|---|---|---|"
    for n in $sizes; do
        row "$n on this host" "$n" "$n"
    done
    [[ ! -s $work/deployed.ssh ]] || row "8 over ssh, on 4 hosts" 8 ssh
    echo
    echo "A child whose node is ready: $(median <"$work/memory") MB (RSS), $(median <"$work/processor") s on a processor."
} >"$work/figures"
cat "$work/figures"
if [[ -n $publish ]]; then
    page=docs/measurements/deploy.md
    sed -e '/^<!-- figures -->$/,/^<!-- end -->$/{/^<!--/!d}' -e "/^<!-- figures -->$/r $work/figures" -i "$page"
fi
