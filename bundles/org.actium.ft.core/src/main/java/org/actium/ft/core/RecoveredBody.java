package org.actium.ft.core;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.Blob;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Delivered;
import org.actium.object.spi.Mailbox;
import org.actium.object.spi.RecoverableBody;
import org.actium.runtime.api.RuntimeAddress;

/** A copy of an active object. */
final class RecoveredBody implements Recoverable {

    private final Party self;
    private final RecoverableBody body;
    private volatile String stopped; // why; null while it is not
    private volatile CompletableFuture<byte[]> serving = CompletableFuture.completedFuture(null);

    RecoveredBody(String id, RecoverableBody body) {
        this.self = new Party.Recoverable(id);
        this.body = body;
    }

    @Override
    public void begin(Calls calls) {
        body.begin(mailbox(self, calls));
    }

    /** Where that party sends from. */
    static Mailbox mailbox(Party sender, Calls calls) {
        return new Mailbox() {
            @Override
            public long send(BodyId target, RuntimeAddress home, boolean oneWay, byte[] content) {
                return calls.send(Names.party(target, home), oneWay, Blob.sharing(content))
                        .sequence();
            }

            @Override
            public void whenAnswered(long request, Consumer<byte[]> outcome) {
                calls.whenAnswered(new MessageId(sender, request), reply -> outcome.accept(reply.bytes()));
            }
        };
    }

    static Delivered delivered(Message.Request request) {
        return new Delivered(
                Names.sender(request.from()),
                Names.home(request.from()),
                request.id().sequence(),
                request.oneWay(),
                request.content().bytes());
    }

    /** On the body's own thread, for which this one waits. */
    @Override
    public Blob serve(Message.Request request, Calls calls) {
        CompletableFuture<byte[]> outcome = new CompletableFuture<>();
        serving = outcome;
        body.serve(delivered(request), outcome::complete);
        if (stopped != null) {
            outcome.cancel(false); // it may have been stopped before this was there
        }
        try {
            return Blob.sharing(outcome.join());
        } catch (CancellationException over) {
            throw new StoppedException(stopped);
        }
    }

    @Override
    public State state() {
        RecoverableBody.State state = body.state();
        Set<MessageId> awaited = state.awaited().stream()
                .map(request -> new MessageId(self, request))
                .collect(Collectors.toSet());
        return new State(Blob.sharing(state.bytes()), awaited);
    }

    @Override
    public int capacity() {
        return body.capacity();
    }

    @Override
    public void stop(String why) {
        stopped = why;
        serving.cancel(false);
        body.stop(why);
    }
}
