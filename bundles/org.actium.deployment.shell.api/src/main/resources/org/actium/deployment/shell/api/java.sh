# Sets $actium_java to a Java 25 or newer, and $actium_version to its version; both empty if there is none.
# $actium_found says what there is.
# $ACTIUM_JAVA_IMAGE may be the digest of one that push.sh has brought.
find_java() {
    actium_java=
    actium_found=
    actium_brought=${ACTIUM_JAVA_IMAGE:+${XDG_CACHE_HOME:-$HOME/.cache}/actium/java/$ACTIUM_JAVA_IMAGE}
    for actium_candidate in "$ACTIUM_JAVA_HOME" "$JAVA_HOME" "$(command -v java)" \
        ${ACTIUM_JDK_FOLDERS:-/usr/lib/jvm/* /opt/*} "$actium_brought"; do
        [ -n "$actium_candidate" ] || continue
        [ -f "$actium_candidate" ] || actium_candidate=$actium_candidate/bin/java
        [ -x "$actium_candidate" ] || continue
        actium_jdk=$(dirname "$(dirname "$(readlink -f "$actium_candidate")")")
        actium_version=$(sed -n "s/^JAVA_VERSION=\"\([0-9]*\).*/\1/p" "$actium_jdk/release" 2>/dev/null)
        if [ "${actium_version:-0}" -ge 25 ]; then
            actium_java=$actium_candidate
            return
        fi
        actium_found="$actium_found $actium_candidate (${actium_version:-unknown})"
    done
    actium_version=
}
