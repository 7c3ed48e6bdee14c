package org.actium.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.simulation.engine.Event;
import org.actium.simulation.engine.Failure;

/**
 * The events of a run for people: who did what when, each with an arrow from what caused it. Frames and what else
 * belongs to the machinery are left out; the arrows go on through them.
 */
public final class Story {

    /** More than that nobody reads. */
    private static final int MOST = 200;

    /** Less than that is read as a whole. */
    private static final int FEW = 50;

    /** They are told in any case: what a failure says need not name anything. */
    private static final int LAST = 10;

    private static final Set<String> MACHINERY =
            Set.of("dial", "accept", "send", "receive", "sometimes", "queued", "applied", "opened", "end");

    /** Not many, and whatever happens may follow from them. */
    private static final Set<String> SURROUNDINGS =
            Set.of("fault", "restart", "resume", "heal", "died", "action", "fail", "stalled", "failed", "full");

    private final List<Event> told;
    private final Map<Long, Event> byNumber = new HashMap<>();

    /** The event that says a message was sent, by the name of the message. */
    private final Map<String, Event> sent = new HashMap<>();

    /**
     * A choice of the events.
     *
     * @param lines one for each, oldest first
     * @param leftOut how many others would have been worth a line
     */
    public record Excerpt(List<String> lines, int leftOut) {

        /** The lines, and before them how many are left out. */
        public List<String> text(String howToSeeThem) {
            return leftOut == 0
                    ? lines
                    : Stream.concat(
                                    Stream.of("(" + leftOut + " other events are left out; " + howToSeeThem + ")"),
                                    lines.stream())
                            .toList();
        }
    }

    /** @param events all of a run */
    public Story(List<Event> events) {
        events.forEach(event -> {
            byNumber.put(event.number(), event);
            if (event.what().equals("sent")) {
                sent.putIfAbsent(firstWord(event), event);
            }
        });
        this.told = events.stream().filter(Story::isTold).toList();
    }

    /** All there is to tell. */
    public Excerpt all() {
        return excerpt(told);
    }

    /** The newest, if there is much to tell. */
    public Excerpt end() {
        return excerpt(told.subList(Math.max(0, told.size() - MOST), told.size()));
    }

    /**
     * If there is much to tell, what concerns the failure: the event that it names, those about messages, objects and
     * threads that it names, whatever these follow from, and faults.
     */
    public Excerpt leadingTo(Failure failure) {
        if (told.size() <= FEW) {
            return all();
        }
        Set<String> names = words(failure.text());
        Deque<Event> open = new ArrayDeque<>();
        if (failure instanceof Failure.Violation violation) {
            Optional.ofNullable(byNumber.get(violation.event())).ifPresent(open::add);
        }
        Map<String, Event> lastOfThread = new HashMap<>();
        for (Event event : told) {
            lastOfThread.put(event.host() + "/" + event.thread(), event);
            if (SURROUNDINGS.contains(event.what()) || names.contains(firstWord(event))) {
                open.add(event);
            }
        }
        open.addAll(told.subList(told.size() - LAST, told.size()));
        names.stream().map(lastOfThread::get).filter(event -> event != null).forEach(open::add);
        Set<Long> chosen = withCauses(open);
        List<Event> leading =
                told.stream().filter(event -> chosen.contains(event.number())).toList();
        return excerpt(leading.subList(Math.max(0, leading.size() - MOST), leading.size()));
    }

    private Set<Long> withCauses(Deque<Event> open) {
        Set<Long> chosen = new TreeSet<>();
        while (!open.isEmpty()) {
            Event event = open.pop();
            if (!isTold(event)) {
                cause(event).ifPresent(open::push);
            } else if (chosen.add(event.number())) {
                reason(event).ifPresent(open::push);
            }
        }
        return chosen;
    }

    /**
     * What another thread did that led to it, or the message that its own thread is serving: what a thread did before of
     * its own accord is no reason for what it does next.
     */
    private Optional<Event> reason(Event event) {
        Optional<Event> before = cause(event);
        while (before.isPresent()
                && isSameThread(before.get(), event)
                && !before.get().what().equals("served")
                && !before.get().what().equals("serves")) {
            Optional<Event> earlier = cause(before.get());
            before = earlier.filter(one -> isSameThread(one, event));
        }
        return before;
    }

    private static boolean isSameThread(Event one, Event other) {
        return one.thread().equals(other.thread()) && one.host().equals(other.host());
    }

    private Excerpt excerpt(List<Event> chosen) {
        return new Excerpt(chosen.stream().map(this::line).toList(), told.size() - chosen.size());
    }

    private String line(Event event) {
        String arrow = cause(event).map(cause -> "  <- #" + cause.number()).orElse("");
        return String.format(
                Locale.ROOT,
                "#%-5d %10.6f s  %-5s %-9s %s%s",
                event.number(),
                (double) event.nanos() / TimeUnit.SECONDS.toNanos(1),
                event.host(),
                event.what(),
                event.subject(),
                arrow);
    }

    /** The sending of the message it is about, or else the nearest of those it follows from that is told, too. */
    private Optional<Event> cause(Event event) {
        Event origin = sent.get(firstWord(event));
        if (origin != null && origin.number() < event.number()) {
            return Optional.of(origin);
        }
        Event cause = byNumber.get(event.cause());
        while (cause != null && !isTold(cause)) {
            cause = byNumber.get(cause.cause());
        }
        return Optional.ofNullable(cause);
    }

    private static boolean isTold(Event event) {
        return !MACHINERY.contains(event.what());
    }

    private static String firstWord(Event event) {
        int space = event.subject().indexOf(' ');
        return space < 0 ? event.subject() : event.subject().substring(0, space);
    }

    /** Without the punctuation around them. */
    private static Set<String> words(String text) {
        return Stream.of(text.split("[\\s,;:()\\[\\]{}'\"]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
