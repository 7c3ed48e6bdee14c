package org.actium.simulation.scenarios;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.actium.ft.store.api.Blob;

/**
 * What a bookkeeper is told to write down, and whom it is to tell what because of that.
 *
 * @param name unique
 * @param millis how long it takes
 */
record Order(String name, int millis, List<Step> steps) implements Serializable {

    /** How an order is passed on. */
    enum Way {
        /** Nobody answers. */
        TELL,
        /** The answer is waited for at once. */
        ASK,
        /** The answer is waited for with the next order. */
        ASK_FOR_LATER
    }

    record Step(String to, Way way, Order order) implements Serializable {}

    /** What is in the book is the answer; nothing is written down. */
    static Order report() {
        return new Order("", 0, List.of());
    }

    boolean isReport() {
        return name.isEmpty();
    }

    /**
     * One for bookkeeper number {@code at}, of so many; it asks those with higher numbers only, so that nobody waits in a
     * circle, and tells anybody.
     */
    static Order drawn(String name, int at, int bookkeepers, int depth, RandomGenerator random) {
        List<Step> steps = new ArrayList<>();
        for (int left = depth == 0 ? 0 : random.nextInt(3); left > 0; left--) {
            boolean asks = at < bookkeepers && random.nextBoolean();
            int to = asks ? random.nextInt(at + 1, bookkeepers + 1) : random.nextInt(1, bookkeepers + 1);
            Way way = !asks ? Way.TELL : random.nextBoolean() ? Way.ASK : Way.ASK_FOR_LATER;
            steps.add(new Step(Bookkeeper.name(to), way, drawn(name + "." + left, to, bookkeepers, depth - 1, random)));
        }
        return new Order(name, random.nextInt(20), List.copyOf(steps));
    }

    /** It and all that follows from it. */
    List<Step> all(String to) {
        List<Step> all = new ArrayList<>(List.of(new Step(to, Way.TELL, this)));
        steps.forEach(step -> all.addAll(step.order().all(step.to())));
        return all;
    }

    static Blob blob(Serializable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Blob.of(bytes.toByteArray());
    }

    static Object read(Blob blob) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(blob.bytes()))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
