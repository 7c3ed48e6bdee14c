# Types a command at the prompt of another host, and stays until it has ended there.
# Arguments: rlogin; the host; the user there, empty for the same as here; the command, a line for a shell.
# Standard input: lines of ASCII for the command. Their end becomes a line "actium-end".
umask 077
directory=$(mktemp -d "${TMPDIR:-/tmp}/actium.XXXXXX") || exit 73
mkfifo "$directory/in" "$directory/out" || exit 73
exec 5<&0
if [ -n "$3" ]; then
    "$1" -8E -l "$3" "$2" <"$directory/in" >"$directory/out" 2>&1 5<&- &
else
    "$1" -8E "$2" <"$directory/in" >"$directory/out" 2>&1 5<&- &
fi
rlogin=$!
exec 3>"$directory/in" 4<"$directory/out"
rm -rf "$directory"
# What is typed before there is a shell may be lost, and a prompt can be anything: so ask until the shell answers. The
# terminal echoes what is asked, so the answer must not be in it.
(
    asked=0
    while [ $((asked += 1)) -le 60 ]; do
        echo " echo actium''-here"
        sleep 1
    done
    kill "$rlogin"
) >&3 2>/dev/null 4<&- 5<&- &
asking=$!
# Shows what comes before the word, and fails if that does not come.
await() {
    while IFS= read -r line; do
        case $line in
            *"$1"*) return 0 ;;
            *"actium''"*) ;;
            *) printf '%s\n' "$line" ;;
        esac
    done
    printf '%s\n' "$line"
    return 1
}
if ! await actium-here <&4; then
    kill "$asking" 2>/dev/null
    echo "no shell answered"
    exit 255
fi
kill "$asking" 2>/dev/null
# Lines that a terminal takes; from then on it leaves alone what goes through it. A terminal that goes away takes along what it
# has not shown yet: so the other end stays until it is told that all has come. A shell writes its history before it makes way.
command=$(printf %s "$4" | base64)
{
    printf %s " unset HISTFILE; exec sh -c 'stty raw -echo; echo actium''-raw; eval \"\$(head -c $((${#command} + 1)) | base64 -d)\"; "
    echo "echo actium''-over; while read -r line && [ \"\$line\" != actium''-over ]; do :; done'"
} >&3
await actium-raw <&4 || exit 255
printf '%s\n' "$command" >&3
# Alone with the way in: when it ends, so does rlogin. What does not heed the word, as what unpacks an archive, ends with the
# terminal then.
(
    cat <&5 &
    child=$!
    trap 'kill "$child"; echo actium-over; exit' TERM
    wait "$child"
    echo actium-end
    sleep 20 >/dev/null &
    child=$!
    wait "$child"
) >&3 2>/dev/null 4<&- &
feeding=$!
exec 3>&- 5<&-
code=0
await actium-over <&4 || code=255
kill "$feeding" 2>/dev/null
cat <&4 >/dev/null
exit "$code"
