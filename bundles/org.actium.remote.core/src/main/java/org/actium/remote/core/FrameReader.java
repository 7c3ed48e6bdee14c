package org.actium.remote.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/**
 * Takes a frame apart that {@link FrameBuilder} built. A frame that ends early is a {@link BufferUnderflowException},
 * one with impossible content an {@link IllegalArgumentException}.
 */
final class FrameReader {

    private static final Pattern STEERING = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]");

    private FrameReader() {}

    static byte[] bytes(ByteBuffer frame, int count) {
        if (count < 0 || count > frame.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        frame.get(bytes);
        return bytes;
    }

    static byte[] rest(ByteBuffer frame) {
        return bytes(frame, frame.remaining());
    }

    static String text(ByteBuffer frame) {
        return new String(bytes(frame, frame.getInt()), StandardCharsets.UTF_8);
    }

    /** A text that people are shown: what could pass for another line of a log, or steer a terminal, is replaced. */
    static String line(ByteBuffer frame) {
        return STEERING.matcher(text(frame)).replaceAll("\uFFFD");
    }

    static RuntimeAddress address(ByteBuffer frame) {
        RuntimeId id = new RuntimeId(frame.getLong(), frame.getLong());
        String name = line(frame);
        int count = frame.get();
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            endpoints.add(new Endpoint(line(frame), line(frame), frame.getInt()));
        }
        return new RuntimeAddress(id, name, endpoints);
    }

    static void put(RuntimeAddress address, FrameBuilder frame) {
        frame.putLong(address.id().high()).putLong(address.id().low()).putText(address.name());
        frame.putByte(address.endpoints().size());
        for (Endpoint endpoint : address.endpoints()) {
            frame.putText(endpoint.transport()).putText(endpoint.host()).putInt(endpoint.port());
        }
    }
}
