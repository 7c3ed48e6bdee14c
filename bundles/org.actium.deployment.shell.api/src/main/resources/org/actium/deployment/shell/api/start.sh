# Runs a node container until it ends, or until the standard input ends: then nobody wants it any more, unless somebody else holds
# its lease.
# Arguments: digest of the runtime; java, empty to look for one; how many variables; NAME=VALUE for each; options of java.
# Standard input: the boot request, then an empty line, and neither an end nor a line "actium-end" as long as the container
# is wanted.
umask 077
# a terminal that goes away is an end of input
trap "" HUP
# a line that is cut says nothing: whoever has not been told within a minute what to run is not wanted
patience=${ACTIUM_PATIENCE:-60}
(
    # one that has just been started may lose any other signal
    trap 'kill -9 "$!"; exit' TERM
    trap "" PIPE
    sleep "$patience" >/dev/null &
    wait "$!"
    echo "the boot request has not come within $patience s"
    echo "actium-exit 74"
    # not every shell leaves its reading for a signal that it can handle
    kill -9 "$$"
) </dev/null 2>/dev/null &
watch=$!
# a subshell of bash that is ended before it runs takes this trap for its own
trap 'code=$?; [ "${BASHPID:-$$}" != "$$" ] || echo "actium-exit $code"' EXIT
# first of all: input that nobody reads makes some shells lose the output
# it has the token: what the environment here or a descriptor calls by the same name would go to all that is run
unset actium_boot line
held=
while IFS= read -r line && [ -n "$line" ]; do
    actium_boot="${actium_boot:+$actium_boot
}$line"
    case $line in
        holder=*) held=yes ;;
    esac
done
kill "$watch" 2>/dev/null
wait "$watch" 2>/dev/null
home=${XDG_CACHE_HOME:-$HOME/.cache}/actium/runtime/$1
java=$2
variables=$3
shift 3
while [ "$variables" -gt 0 ]; do
    export "$1"
    shift
    variables=$((variables - 1))
done
if [ ! -d "$home" ]; then
    echo "this host has no $home"
    exit 66
fi
# the day it was last started: push.sh removes what is not used any more
touch "$home" 2>/dev/null
if [ -z "$java" ]; then
    find_java
    if [ -z "$java" ]; then
        echo "this host has no Java 25 or newer; found:${found:- none};" \
            "install one, name one in javaPath, or let one be brought: actium start --push-java"
        exit 67
    fi
    [ "$java" != "$brought/bin/java" ] || touch "$brought" 2>/dev/null
fi
# what it keeps while it runs; also gone if it is killed
ACTIUM_RUN=$(mktemp -d "${TMPDIR:-/tmp}/actium.XXXXXX") || exit 73
export ACTIUM_RUN
exec 3<&0
# what is written from here on is not about the way to here
echo actium-runs
# not every shell writes by itself: of some, printf is a program, with arguments that all may read
"$java" "$@" -cp "$home/lib/org.actium.launcher.jar" org.actium.launcher.Main node --boot - 3<&- <<END &
$actium_boot
END
node=$!
(
    while read -r line <&3 && [ "$line" != actium-end ]; do :; done
    exec 3<&-
    [ -z "$held" ] || [ "$line" = actium-end ] || exit 0
    trap 'kill -9 "$!"; exit' TERM
    kill "$node"
    sleep 15 &
    wait "$!" && kill -9 "$node"
) >/dev/null 2>&1 &
watch=$!
wait "$node"
code=$?
kill "$watch" 2>/dev/null
# it must not take what comes next, which is for others
wait "$watch" 2>/dev/null
rm -rf "$ACTIUM_RUN"
exit "$code"
