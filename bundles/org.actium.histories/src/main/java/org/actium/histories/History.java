package org.actium.histories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What processes did and saw, in an order in which it may be told: an operation that was over before another began is first. */
public record History(List<Event> events) {

    public History {
        events = List.copyOf(events);
    }

    /** A file of JSON lines; its last line may be cut off, as by the death of who wrote it. */
    public static History read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        boolean whole = lines.isEmpty() || lines.getLast().endsWith("}");
        try (Stream<String> sound = lines.stream().limit(whole ? lines.size() : lines.size() - 1L)) {
            return new History(sound.map(Event::parse).toList());
        }
    }

    /** By key, each in the order of their beginnings. @throws MalformedHistoryException if ends do not fit beginnings */
    public Map<String, List<Operation>> operationsByKey() {
        Map<String, List<Operation>> byKey = new TreeMap<>();
        for (Operation operation : operations()) {
            byKey.computeIfAbsent(operation.key(), _ -> new ArrayList<>()).add(operation);
        }
        return byKey;
    }

    /** In the order of their beginnings. @throws MalformedHistoryException if ends do not fit beginnings */
    public List<Operation> operations() {
        Operation[] begun = new Operation[events.size()];
        Map<Integer, Operation> running = new HashMap<>();
        Set<Integer> retired = new HashSet<>();
        for (int at = 0; at < events.size(); at++) {
            Event event = events.get(at);
            if (event.type() == Event.Type.INVOKE) {
                begun[at] = begin(event, at);
                if (retired.contains(event.process()) || running.put(event.process(), begun[at]) != null) {
                    throw new MalformedHistoryException("event " + at + ": process " + event.process()
                            + " begins another operation before it knows of its last one: " + event.line());
                }
                continue;
            }
            Operation operation = running.remove(event.process());
            if (operation == null
                    || !operation.key().equals(event.key())
                    || !operation.name().equals(event.operation())) {
                throw new MalformedHistoryException(
                        "event " + at + " ends what its process has not begun: " + event.line());
            }
            if (event.type() == Event.Type.INFO) {
                retired.add(event.process());
            } else {
                begun[operation.invoked()] = ended(operation, event, at);
            }
        }
        return Stream.of(begun).filter(operation -> operation != null).toList();
    }

    private static Operation begin(Event event, int at) {
        return new Operation(
                event.process(),
                event.operation(),
                event.key(),
                event.value(),
                Event.Type.INFO,
                Value.nothing(),
                at,
                Integer.MAX_VALUE);
    }

    private static Operation ended(Operation begun, Event event, int at) {
        return new Operation(
                begun.process(),
                begun.name(),
                begun.key(),
                begun.argument(),
                event.type(),
                event.value(),
                begun.invoked(),
                at);
    }
}
