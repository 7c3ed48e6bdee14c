package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a message carries: the kinds of arguments that are encoded in different ways. */
public sealed interface Content extends Serializable {

    /** Tells a damaged copy from a good one. */
    long sum();

    record Text(String text) implements Content {
        @Override
        public long sum() {
            return text.hashCode();
        }
    }

    record Bytes(byte[] bytes) implements Content {
        @Override
        public long sum() {
            return Arrays.hashCode(bytes);
        }
    }

    record Numbers(List<Integer> numbers) implements Content {
        @Override
        public long sum() {
            return numbers.hashCode();
        }
    }

    /** Something in something. */
    record Parcel(Content inside, String label) implements Content {
        @Override
        public long sum() {
            return 31 * inside.sum() + label.hashCode();
        }
    }

    /** An active object to be called by the receiver. */
    record Contact(Peer peer) implements Content {
        @Override
        public long sum() {
            return peer.name().hashCode();
        }
    }

    /** The result of another call, which may be pending, for the receiver to wait for. */
    record Promise(String call, Receipt receipt) implements Content {
        @Override
        public long sum() {
            return call.hashCode();
        }
    }

    /** Plain data: mostly small, now and then some kilobytes, rarely more than the window of a connection. */
    static Content data(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Text("text " + random.nextInt(1_000));
            case 3, 4 -> new Bytes(bytes(random));
            case 5, 6 -> new Numbers(numbers(random));
            default -> new Parcel(data(random), "label " + random.nextInt(10));
        };
    }

    private static byte[] bytes(RandomGenerator random) {
        int size = random.nextInt(100);
        byte[] bytes = new byte[size < 90 ? size : size < 99 ? 4_000 : 300_000];
        random.nextBytes(bytes);
        return bytes;
    }

    private static List<Integer> numbers(RandomGenerator random) {
        List<Integer> numbers = new ArrayList<>();
        for (int left = random.nextInt(20); left > 0; left--) {
            numbers.add(random.nextInt());
        }
        return numbers;
    }
}
