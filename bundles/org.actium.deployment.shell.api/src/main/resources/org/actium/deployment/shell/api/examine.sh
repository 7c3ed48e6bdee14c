# Says what there is on this host, for people who want to deploy here. Starts nothing and leaves nothing.
# Arguments: digest of the runtime; java, empty to look for one; then host and port of each address to try from here.
umask 077
trap 'echo "actium-exit $?"' EXIT
cache=${XDG_CACHE_HOME:-$HOME/.cache}/actium/runtime
wanted=$1
actium_java=$2
shift 2
say() {
    echo "actium-found $*"
}
say user "$(id -un)"
say clock "$(date +%s)"
if [ -z "$actium_java" ]; then
    find_java
    say java "$actium_version $actium_java"
    say others "$actium_found"
else
    actium_jdk=$(dirname "$(dirname "$(readlink -f "$actium_java")")")
    say java "$(sed -n "s/^JAVA_VERSION=\"\([0-9]*\).*/\1/p" "$actium_jdk/release" 2>/dev/null) $actium_java"
    [ -x "$actium_java" ] || say others missing
fi
for tool in tar gzip head mktemp readlink; do
    command -v "$tool" >/dev/null || say lacks "$tool"
done
[ ! -d "$cache/$wanted" ] || say runtime there
# the first directory on the way to the cache that exists is on the same file system
place=$cache
while [ ! -d "$place" ]; do
    place=$(dirname "$place")
done
[ -w "$place" ] || say unwritable "$place"
say disk "$(df -Pk "$place" | awk 'NR == 2 { print $4 }') $place"
say temporary "$(df -Pk "${TMPDIR:-/tmp}" | awk 'NR == 2 { print $4 }') ${TMPDIR:-/tmp}"
say memory "$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null)"
dial() {
    if command -v bash >/dev/null; then
        bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null
    elif command -v nc >/dev/null; then
        nc -z "$1" "$2" 2>/dev/null
    else
        exit 2
    fi
}
while [ $# -ge 2 ]; do
    (dial "$1" "$2") &
    dialling=$!
    (
        sleep 4
        kill "$dialling"
    ) >/dev/null 2>&1 &
    limit=$!
    wait "$dialling" 2>/dev/null
    case $? in
        0) say answers "$1:$2" ;;
        2) say untried "$1:$2" ;;
        *) say silent "$1:$2" ;;
    esac
    kill "$limit" 2>/dev/null
    shift 2
done
exit 0
