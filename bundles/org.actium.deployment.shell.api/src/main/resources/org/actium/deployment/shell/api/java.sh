# Sets $java to a Java 25 or newer, and $version to its version; both empty if there is none. $found says what there is.
find_java() {
    java=
    found=
    for candidate in "$ACTIUM_JAVA_HOME/bin/java" "$JAVA_HOME/bin/java" "$(command -v java)" \
        /usr/lib/jvm/*/bin/java /opt/*/bin/java; do
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
