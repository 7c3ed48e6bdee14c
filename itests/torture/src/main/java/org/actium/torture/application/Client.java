package org.actium.torture.application;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.actium.histories.Event;
import org.actium.histories.HistoryWriter;
import org.actium.histories.Value;
import org.actium.object.api.RequestNotSentException;

/** Does one operation after the other on objects that it chooses at random, and records each. */
final class Client implements Runnable {

    private static final int PAUSE_MILLIS = 8;

    private final Objects objects;
    private final HistoryWriter history;
    private final AtomicInteger processes;
    private final AtomicInteger numbers;
    private final SplittableRandom random;
    private int process;
    private volatile boolean over;

    /** The objects by key. */
    record Objects(Map<String, Register> registers, Map<String, GrowingList> lists, Map<String, Courier> couriers) {}

    /**
     * @param processes gives the next number of a process
     * @param numbers gives the next number to write
     */
    Client(
            Objects objects,
            HistoryWriter history,
            AtomicInteger processes,
            AtomicInteger numbers,
            SplittableRandom random) {
        this.objects = objects;
        this.history = history;
        this.processes = processes;
        this.numbers = numbers;
        this.random = random;
        this.process = processes.getAndIncrement();
    }

    /** Returns when it is over, and the last operation has an end. */
    @Override
    public void run() {
        while (!over) {
            int kind = random.nextInt(100);
            if (kind < 50) {
                useRegister(any(objects.registers()), kind);
            } else if (kind < 51) {
                readList(any(objects.lists()));
            } else {
                append(any(objects.lists()));
            }
            pause();
        }
    }

    /** After the operation that runs. */
    void end() {
        over = true;
    }

    private String any(Map<String, ?> map) {
        return map.keySet().stream()
                .sorted()
                .skip(random.nextInt(map.size()))
                .findFirst()
                .orElseThrow();
    }

    /** What an operation did. */
    private interface Call {
        /** @return what it came back with; null if it was in vain */
        Value make();
    }

    private void useRegister(String key, int kind) {
        Register register = objects.registers().get(key);
        long next = numbers.incrementAndGet();
        if (kind < 20) {
            record("write", key, Value.of(next), () -> {
                register.write(next);
                return Value.of(next);
            });
            return;
        }
        Value read = record("read", key, Value.nothing(), () -> {
            long value = register.read();
            return value == Register.NOTHING ? Value.nothing() : Value.of(value);
        });
        if (kind >= 35 && read instanceof Value.Number(long expected)) {
            Value swap = Value.of(List.of(expected, next));
            record("cas", key, swap, () -> register.swap(expected, next) ? swap : null);
        }
    }

    private void append(String key) {
        long number = numbers.incrementAndGet();
        Courier courier = objects.couriers().get(key);
        record("append", key, Value.of(number), () -> {
            if (courier == null) {
                objects.lists().get(key).append(number);
            } else {
                courier.append(number);
            }
            return Value.of(number);
        });
    }

    void readAllLists() {
        objects.lists().keySet().stream().sorted().forEach(this::readList);
    }

    private void readList(String key) {
        record(
                "read",
                key,
                Value.nothing(),
                () -> Value.of(
                        LongStream.of(objects.lists().get(key).read()).boxed().toList()));
    }

    /** @return the result; {@link Value.Nothing} if there is none */
    private Value record(String operation, String key, Value argument, Call call) {
        write(Event.Type.INVOKE, operation, key, argument);
        try {
            Value result = call.make();
            if (result != null) {
                write(Event.Type.OK, operation, key, result);
                return result;
            }
            write(Event.Type.FAIL, operation, key, argument);
        } catch (RequestNotSentException inVain) {
            write(Event.Type.FAIL, operation, key, argument);
        } catch (RuntimeException unknown) {
            System.out.println("torture: process " + process + ": " + operation + " " + key + ": " + unknown);
            write(Event.Type.INFO, operation, key, argument);
            process = processes.getAndIncrement();
        }
        return Value.nothing();
    }

    private void write(Event.Type type, String operation, String key, Value value) {
        Instant now = Instant.now();
        history.write(
                new Event(process, type, operation, key, value, now.getEpochSecond() * 1_000_000_000L + now.getNano()));
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(2 * PAUSE_MILLIS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
