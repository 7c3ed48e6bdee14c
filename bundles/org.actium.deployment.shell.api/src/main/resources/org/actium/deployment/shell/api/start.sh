# Runs a node container until it ends, or until the standard input ends: then nobody wants it any more, unless somebody else holds
# its lease.
# Arguments: digest of the runtime; java, empty to look for one; how many variables; NAME=VALUE for each; options of java.
# Standard input: the boot request, then an empty line, and neither an end nor a line "actium-end" as long as the container
# is wanted.
# Names of its own begin with actium_, so that variables of a descriptor may have all others.
umask 077
# a terminal that goes away is an end of input
trap "" HUP
# a line that is cut says nothing: whoever has not been told within a minute what to run is not wanted
actium_patience=${ACTIUM_PATIENCE:-60}
(
    # one that has just been started may lose any other signal
    trap 'kill -9 "$!"; exit' TERM
    trap "" PIPE
    sleep "$actium_patience" >/dev/null &
    wait "$!"
    echo "the boot request has not come within $actium_patience s"
    echo "actium-exit 74"
    # not every shell leaves its reading for a signal that it can handle
    kill -9 "$$"
) </dev/null 2>/dev/null &
actium_watch=$!
# a subshell of bash that is ended before it runs takes this trap for its own
trap 'actium_code=$?; [ "${BASHPID:-$$}" != "$$" ] || echo "actium-exit $actium_code"' EXIT
# first of all: input that nobody reads makes some shells lose the output
# it has the token: what the environment here or a descriptor calls by the same name would go to all that is run
unset actium_boot actium_line
actium_held=
while IFS= read -r actium_line && [ -n "$actium_line" ]; do
    actium_boot="${actium_boot:+$actium_boot
}$actium_line"
    case $actium_line in
        holder=*) actium_held=yes ;;
    esac
done
kill "$actium_watch" 2>/dev/null
wait "$actium_watch" 2>/dev/null
actium_home=${XDG_CACHE_HOME:-$HOME/.cache}/actium/runtime/$1
actium_java=$2
actium_variables=$3
shift 3
while [ "$actium_variables" -gt 0 ]; do
    export "$1"
    shift
    actium_variables=$((actium_variables - 1))
done
if [ ! -d "$actium_home" ]; then
    echo "this host has no $actium_home"
    exit 66
fi
# the day it was last started: push.sh removes what is not used any more
touch "$actium_home" 2>/dev/null
if [ -z "$actium_java" ]; then
    find_java
    if [ -z "$actium_java" ]; then
        echo "this host has no Java 25 or newer; found:${actium_found:- none};" \
            "install one, name one in javaPath, or let one be brought: actium start --push-java"
        exit 67
    fi
    [ "$actium_java" != "$actium_brought/bin/java" ] || touch "$actium_brought" 2>/dev/null
fi
# what it keeps while it runs; also gone if it is killed
ACTIUM_RUN=$(mktemp -d "${TMPDIR:-/tmp}/actium.XXXXXX") || exit 73
export ACTIUM_RUN
exec 3<&0
# what is written from here on is not about the way to here
echo actium-runs
# not every shell writes by itself: of some, printf is a program, with arguments that all may read
"$actium_java" "$@" -cp "$actium_home/lib/org.actium.launcher.jar" org.actium.launcher.Main node --boot - 3<&- <<END &
$actium_boot
END
actium_node=$!
(
    while read -r actium_line <&3 && [ "$actium_line" != actium-end ]; do :; done
    exec 3<&-
    [ -z "$actium_held" ] || [ "$actium_line" = actium-end ] || exit 0
    trap 'kill -9 "$!"; exit' TERM
    kill "$actium_node"
    sleep 15 &
    wait "$!" && kill -9 "$actium_node"
) >/dev/null 2>&1 &
actium_watch=$!
wait "$actium_node"
actium_code=$?
kill "$actium_watch" 2>/dev/null
# it must not take what comes next, which is for others
wait "$actium_watch" 2>/dev/null
rm -rf "$ACTIUM_RUN"
exit "$actium_code"
