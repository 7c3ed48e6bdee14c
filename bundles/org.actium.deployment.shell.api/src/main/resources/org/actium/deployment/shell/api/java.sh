# Sets $java to a Java 25 or newer, and $version to its version; both empty if there is none. $found says what there is.
# $ACTIUM_JAVA_IMAGE may be the digest of one that push.sh has brought.
find_java() {
    java=
    found=
    brought=${ACTIUM_JAVA_IMAGE:+${XDG_CACHE_HOME:-$HOME/.cache}/actium/java/$ACTIUM_JAVA_IMAGE}
    for candidate in "$ACTIUM_JAVA_HOME" "$JAVA_HOME" "$(command -v java)" ${ACTIUM_JDK_FOLDERS:-/usr/lib/jvm/* /opt/*} \
        "$brought"; do
        [ -n "$candidate" ] || continue
        [ -f "$candidate" ] || candidate=$candidate/bin/java
        [ -x "$candidate" ] || continue
        jdk=$(dirname "$(dirname "$(readlink -f "$candidate")")")
        version=$(sed -n "s/^JAVA_VERSION=\"\([0-9]*\).*/\1/p" "$jdk/release" 2>/dev/null)
        if [ "${version:-0}" -ge 25 ]; then
            java=$candidate
            return
        fi
        found="$found $candidate (${version:-unknown})"
    done
    version=
}
