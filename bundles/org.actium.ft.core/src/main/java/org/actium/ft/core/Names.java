package org.actium.ft.core;

import java.util.HexFormat;
import java.util.Optional;
import org.actium.ft.core.protocol.Party;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectRef;
import org.actium.object.spi.SenderId;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** What active objects, and threads that serve none, are called as parties. */
final class Names {

    private static final int HALF = 16; // digits of the identity of a runtime
    private static final int WHOLE = 2 * HALF;
    private static final int MOST_DIGITS = 18; // of the number of an object
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
        return isBody(name)
                ? Optional.of(new BodyId(
                        new RuntimeId(
                                HexFormat.fromHexDigitsToLong(name, 0, HALF),
                                HexFormat.fromHexDigitsToLong(name, HALF, WHOLE)),
                        Long.parseLong(name, WHOLE + 1, name.length(), 10)))
                : Optional.empty();
    }

    /** Asked for each message: a regular expression would be the dearest part of some. */
    private static boolean isBody(String name) {
        int length = name.length();
        return length > WHOLE + 1
                && length <= WHOLE + 1 + MOST_DIGITS
                && name.charAt(WHOLE) == '-'
                && isAll(name, 0, WHOLE, "0123456789abcdef")
                && isAll(name, WHOLE + 1, length, "0123456789");
    }

    private static boolean isAll(String name, int from, int to, String digits) {
        for (int i = from; i < to; i++) {
            if (digits.indexOf(name.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
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
