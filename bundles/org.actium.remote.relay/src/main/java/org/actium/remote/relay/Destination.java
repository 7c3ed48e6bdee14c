package org.actium.remote.relay;

import java.io.IOException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeId;

/** A runtime behind another one. */
record Destination(RuntimeId runtime, Endpoint relay) {

    private static final Pattern HOST = Pattern.compile("([0-9a-f]{16})([0-9a-f]{16})\\.(.+)");

    static Destination of(Endpoint endpoint) throws IOException {
        Matcher parts = HOST.matcher(endpoint.host());
        if (!parts.matches()) {
            throw new IOException("'" + endpoint
                    + "' is not relay@<identity>.<host>:<port> with an identity of 32 hexadecimal digits");
        }
        return new Destination(
                new RuntimeId(
                        HexFormat.fromHexDigitsToLong(parts.group(1)), HexFormat.fromHexDigitsToLong(parts.group(2))),
                new Endpoint(parts.group(3), endpoint.port()));
    }
}
