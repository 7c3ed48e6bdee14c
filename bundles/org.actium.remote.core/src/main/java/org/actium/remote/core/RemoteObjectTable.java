package org.actium.remote.core;

import java.io.ByteArrayInputStream;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.Substitution;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects this runtime offers to others, and the calls it makes to theirs.
 *
 * <p>A frame is its type, the number of the call in eight bytes, and
 * <ul>
 *   <li>CALL: name of the object, signature of the method, arguments as the codec writes them
 *   <li>RESULT: the result as the codec writes it
 *   <li>FAILURE: see {@link Failures}
 *   <li>NO_SUCH_OBJECT: a text
 * </ul>
 */
@Component(service = RemoteObjects.class)
public final class RemoteObjectTable implements RemoteObjects, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteObjectTable.class);

    private static final int CALL = 1;
    private static final int RESULT = 2;
    private static final int FAILURE = 3;
    private static final int NO_SUCH_OBJECT = 4;

    private static final Object[] NO_ARGUMENTS = {};

    private final Links links;
    private final Codec codec;
    private final Threads threads;
    private final Failures failures;
    private final Map<String, ExportedObject> exports = new ConcurrentHashMap<>();
    private final Map<Long, PendingCall> pending = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final Registration frames;
    private final Registration events;
    private volatile boolean closed;

    @Activate
    public RemoteObjectTable(@Reference Links links, @Reference Codec codec, @Reference Threads threads) {
        this.links = Objects.requireNonNull(links, "links");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.failures = new Failures(codec);
        this.events = links.listen(new LinkListener() {
            @Override
            public void closed(Link link, String reason) {
                fail(link, reason);
            }

            @Override
            public boolean needs(Link link) {
                return pending.values().stream().anyMatch(call -> call.isOver(link));
            }
        });
        this.frames = links.handle(Channel.REMOTE_OBJECTS, new FrameHandler() {
            @Override
            public void received(Link from, ByteBuffer frame) {
                receive(from, frame);
            }

            @Override
            public void refused(Link by, ByteBuffer start) {
                refuse(by, start);
            }
        });
    }

    @Override
    public <T> Registration export(Class<T> contract, String name, T object) {
        ExportedObject export = new ExportedObject(contract, object);
        if (exports.putIfAbsent(Objects.requireNonNull(name, "name"), export) != null) {
            throw new IllegalStateException("this runtime offers a remote object '" + name + "' already");
        }
        return () -> exports.remove(name, export);
    }

    @Override
    public <T> T at(RuntimeAddress runtime, Class<T> contract, String name) {
        InvocationHandler calls = runtime.id().equals(links.self().id())
                ? new LocalCalls(runtime.id(), contract, name, this::callHere)
                : new RemoteCalls(runtime, contract, name, this);
        return contract.cast(Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, calls));
    }

    private Object callHere(String name, String signature, Object[] arguments) throws Throwable {
        ExportedObject export = exports.get(name);
        if (export == null) {
            throw new NoSuchRemoteObjectException("this runtime offers no remote object '" + name + "'");
        }
        MethodHandle method = export.method(signature);
        return codec.copy(export.call(method, codec.copy(arguments, Substitution.NONE)), Substitution.NONE);
    }

    /** Makes a call and waits for its answer; throws what the object threw. */
    Object call(RuntimeAddress runtime, RemoteCalls.Target target, Object[] arguments) throws Throwable {
        long number = calls.incrementAndGet();
        FrameBuilder frame = new FrameBuilder(256).putByte(CALL).putLong(number).putBytes(target.encoded());
        try {
            codec.write(arguments == null ? NO_ARGUMENTS : arguments, frame, Substitution.NONE);
        } catch (CodecException unsendable) {
            throw new CodecException("arguments of " + target + ": " + unsendable.getMessage(), unsendable);
        }
        Link link = links.to(runtime);
        PendingCall call = new PendingCall(link);
        pending.put(number, call);
        try {
            link.send(Channel.REMOTE_OBJECTS, frame.toFrame());
            if (!link.isOpen() || closed) {
                // the end may have been told before this call was noted
                call.answer(new PendingCall.Answer.Lost(lost(link, closed ? "this runtime stops" : "it was closed")));
            }
            return result(call.await(), target, runtime);
        } finally {
            pending.remove(number);
        }
    }

    private Object result(PendingCall.Answer answer, RemoteCalls.Target target, RuntimeAddress runtime)
            throws Throwable {
        return switch (answer) {
            case PendingCall.Answer.Lost(LinkClosedException reason) ->
                throw new LinkClosedException(target + " on " + runtime + ": " + reason.getMessage(), reason);
            case PendingCall.Answer.Lost(RemotingException reason) ->
                throw new UnreachableException(target + " on " + runtime + ": " + reason.getMessage(), reason);
            case PendingCall.Answer.Frame(int type, byte[] bytes) ->
                switch (type) {
                    case RESULT -> readResult(bytes, target, runtime);
                    case FAILURE -> throw readFailure(bytes, target, runtime);
                    default -> throw noSuchObject(bytes, target, runtime);
                };
        };
    }

    private Object readResult(byte[] bytes, RemoteCalls.Target target, RuntimeAddress runtime) {
        try {
            return codec.read(new ByteArrayInputStream(bytes), target.scope(), Substitution.NONE);
        } catch (CodecException unreadable) {
            throw new CodecException(
                    "result of " + target + " on " + runtime.name() + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static RuntimeException noSuchObject(byte[] bytes, RemoteCalls.Target target, RuntimeAddress runtime) {
        try {
            return new NoSuchRemoteObjectException(
                    target + " on " + runtime + ": " + FrameReader.text(ByteBuffer.wrap(bytes)));
        } catch (BufferUnderflowException garbage) {
            return new CodecException("why there is no " + target + " on " + runtime + " could not be read", garbage);
        }
    }

    private Throwable readFailure(byte[] bytes, RemoteCalls.Target target, RuntimeAddress runtime) {
        String call = target + " on " + runtime.name();
        try {
            return failures.read(ByteBuffer.wrap(bytes), target.scope(), call);
        } catch (BufferUnderflowException | IllegalArgumentException garbage) {
            return new CodecException("the failure of " + call + " could not be read", garbage);
        }
    }

    private static LinkClosedException lost(Link link, String reason) {
        return new LinkClosedException(
                "the link to " + link.peer() + " was lost before the answer came (" + reason + ")");
    }

    private void fail(Link link, String reason) {
        LinkClosedException lost = lost(link, reason);
        for (PendingCall call : pending.values()) {
            if (call.isOver(link)) {
                call.answer(new PendingCall.Answer.Lost(lost));
            }
        }
    }

    private void receive(Link from, ByteBuffer frame) {
        int type = frame.get();
        long number = frame.getLong();
        switch (type) {
            case CALL -> {
                String name = FrameReader.text(frame);
                String signature = FrameReader.text(frame);
                byte[] arguments = FrameReader.rest(frame);
                threads.run(() -> serve(from, number, name, signature, arguments));
            }
            case RESULT, FAILURE, NO_SUCH_OBJECT -> {
                PendingCall waiting = pending.get(number);
                if (waiting != null && waiting.isOver(from)) {
                    waiting.answer(new PendingCall.Answer.Frame(type, FrameReader.rest(frame)));
                }
            }
            default ->
                throw new IllegalArgumentException(
                        from.peer() + " sent a frame of type " + type + " on channel REMOTE_OBJECTS");
        }
    }

    /** A frame was dropped by the other side: if it was a call, nobody will serve it. */
    private void refuse(Link by, ByteBuffer start) {
        if (start.get() == CALL) {
            PendingCall waiting = pending.get(start.getLong());
            if (waiting != null && waiting.isOver(by)) {
                waiting.answer(new PendingCall.Answer.Lost(
                        new UnreachableException("it does not serve remote objects, or not yet")));
            }
        }
    }

    private void serve(Link caller, long number, String name, String signature, byte[] arguments) {
        try {
            send(caller, number, answerTo(number, name, signature, arguments));
        } catch (LinkClosedException gone) {
            LOG.debug("{} is gone, the answer to its call {} is dropped", caller.peer(), number);
        }
    }

    private void send(Link caller, long number, FrameBuilder answer) {
        try {
            caller.send(Channel.REMOTE_OBJECTS, answer.toFrame());
        } catch (IllegalArgumentException tooLong) {
            caller.send(
                    Channel.REMOTE_OBJECTS,
                    failure(number, new CodecException("the result is too long: " + tooLong.getMessage()))
                            .toFrame());
        }
    }

    private FrameBuilder answerTo(long number, String name, String signature, byte[] encoded) {
        try {
            ExportedObject export = exports.get(name);
            if (export == null) {
                return answer(NO_SUCH_OBJECT, number).putText("it offers no remote object of that name");
            }
            MethodHandle method;
            try {
                method = export.method(signature);
            } catch (NoSuchRemoteObjectException otherContract) {
                return answer(NO_SUCH_OBJECT, number).putText(otherContract.getMessage());
            }
            Object[] arguments = readArguments(encoded, export, name);
            FrameBuilder answer = answer(RESULT, number);
            codec.write(export.call(method, arguments), answer, Substitution.NONE);
            return answer;
        } catch (Throwable thrown) {
            return failure(number, thrown);
        }
    }

    private Object[] readArguments(byte[] encoded, ExportedObject export, String name) {
        try {
            return (Object[]) codec.read(new ByteArrayInputStream(encoded), export.scope(), Substitution.NONE);
        } catch (CodecException unreadable) {
            throw new CodecException("arguments for '" + name + "': " + unreadable.getMessage(), unreadable);
        }
    }

    private static FrameBuilder answer(int type, long number) {
        return new FrameBuilder(128).putByte(type).putLong(number);
    }

    private FrameBuilder failure(long number, Throwable thrown) {
        FrameBuilder answer = answer(FAILURE, number);
        failures.write(thrown, answer);
        return answer;
    }

    /** Offers nothing any more; calls that wait fail. */
    @Override
    @Deactivate
    public void close() {
        closed = true;
        frames.close();
        events.close();
        exports.clear();
        LinkClosedException stopped = new LinkClosedException("this runtime stops");
        pending.values().forEach(call -> call.answer(new PendingCall.Answer.Lost(stopped)));
    }
}
