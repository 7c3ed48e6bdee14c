# Puts a runtime, or a Java, into the cache of the user, whole or not at all.
# Arguments: digest of it; length of the input; base64, if the input is that; runtime or java.
# Standard input: its files, as a compressed tar archive.
umask 077
fresh= watch=
# whatever comes then, also a second signal or a reader that is gone, does not keep it from removing what it has;
# a subshell of bash that is ended before it runs takes this trap for its own, and nothing of that is its own
trap 'code=$?; [ "${BASHPID:-$$}" = "$$" ] || exit "$code"
    trap "" HUP INT TERM PIPE
    [ -z "$watch" ] || { kill -USR1 "$watch"; wait "$watch"; } 2>/dev/null
    [ -z "$fresh" ] || rm -rf "$fresh"
    echo "actium-exit $code"' EXIT
trap "exit 74" HUP INT TERM PIPE
cache=${XDG_CACHE_HOME:-$HOME/.cache}/actium/$4
mkdir -p "$cache" || exit 73
fresh=$(mktemp -d "$cache/.incoming.XXXXXX") || exit 73
decode=cat
[ -z "$3" ] || decode="base64 -d"
# a line that is cut says nothing: after a minute in which nothing has come the input is taken for ended
patience=${ACTIUM_PATIENCE:-60}
(
    # one that has just been started may lose any other signal than KILL; this subshell loses what the shell above it handles if that
    # comes before it runs, hence USR1
    trap 'kill -9 "$!"; exit' USR1
    before=
    while now=$(ls -lR "$fresh" 2>/dev/null) && [ "$now" != "$before" ]; do
        before=$now
        sleep "$patience" &
        wait "$!"
    done
    # it says so first: afterwards all is about to go
    if kill -0 "$$" && reading=$(cat "$fresh/.reading") && touch "$fresh/.silent"; then
        kill "$reading"
    fi
) </dev/null >/dev/null 2>&1 &
watch=$!
sh -c 'echo $$ >"$0"; exec head -c "$1"' "$fresh/.reading" "$2" | $decode | tar -xzf - -C "$fresh"
code=$?
kill -USR1 "$watch" 2>/dev/null
wait "$watch" 2>/dev/null
watch=
if [ "$code" -ne 0 ]; then
    [ ! -e "$fresh/.silent" ] || echo "nothing more has come for $patience s"
    exit 74
fi
rm -f "$fresh/.reading" "$fresh/.silent"
# one of another processor or C library is here for nothing; what it would tell tools about itself would stay in /tmp
if [ "$4" = java ] && ! "$fresh/bin/java" -XX:-UsePerfData -version >"$fresh/tried" 2>&1; then
    echo "the Java that was brought does not run on $(uname -sm): $(head -n 1 "$fresh/tried")"
    exit 75
fi
rm -f "$fresh/tried"
touch "$fresh"
if [ ! -d "$cache/$1" ]; then
    mv "$fresh" "$cache/$1" || exit 74
    # somebody else may have been faster in between: then ours is in theirs
    rm -rf "$cache/$1/${fresh##*/}"
fi
# what nobody has started for a month, and what broken pushes left; containers that run have opened their files
find "$cache" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf {} +
exit 0
