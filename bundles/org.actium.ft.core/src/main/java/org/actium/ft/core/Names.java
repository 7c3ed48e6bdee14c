package org.actium.ft.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.ft.core.protocol.Party;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectRef;
import org.actium.object.spi.SenderId;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** What active objects, and threads that serve none, are called as parties. */
final class Names {

    private static final Pattern BODY = Pattern.compile("([0-9a-f]{16})([0-9a-f]{16})-([0-9]{1,18})");
    private static final String THREAD = "thread-";

    private Names() {}

    static String of(BodyId body) {
        return Runtimes.key(body.birthplace()) + "-" + body.number();
    }

    static String of(SenderId sender) {
        return switch (sender) {
            case SenderId.OfBody(BodyId body) -> of(body);
            case SenderId.OfThread thread -> THREAD + thread.number();
        };
    }

    /** Empty if it is not the name of an active object. */
    static Optional<BodyId> body(String name) {
        Matcher parts = BODY.matcher(name);
        return parts.matches()
                ? Optional.of(new BodyId(
                        new RuntimeId(
                                Long.parseUnsignedLong(parts.group(1), 16), Long.parseUnsignedLong(parts.group(2), 16)),
                        Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    static SenderId sender(Party party) {
        return switch (party) {
            case Party.Recoverable(String id) -> new SenderId.OfBody(body(id).orElseThrow());
            case Party.Outside(RuntimeAddress home, String _, String name) ->
                body(name)
                        .<SenderId>map(SenderId.OfBody::new)
                        .orElseGet(() ->
                                new SenderId.OfThread(home.id(), Long.parseLong(name.substring(THREAD.length()))));
        };
    }

    static RuntimeAddress home(Party party) {
        return switch (party) {
            case Party.Recoverable _ -> ObjectRef.ANYWHERE;
            case Party.Outside(RuntimeAddress home, String _, String _) -> home;
        };
    }

    /** An active object that is called. */
    static Party party(BodyId target, RuntimeAddress home) {
        return home.id().equals(ObjectRef.ANYWHERE.id())
                ? new Party.Recoverable(of(target))
                : new Party.Outside(home, Party.Outside.ANY, of(target));
    }
}
